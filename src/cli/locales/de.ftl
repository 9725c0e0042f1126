# Was das Programm sagt. Jeder Schlüssel steht auch in en.ftl; `{ $name }` ist ein Argument von `t!`.
# Anrede: keine. Hinweise im Infinitiv („Adresse prüfen“), kurz, ohne Fachwörter.

# Wie Fehler gemeldet werden
error = Fehler: { $what }
caused-by = Ursache: { $what }
hint = Hinweis: { $what }
warning = Warnung: { $what }

# Dauern
duration-seconds = { $s } s
duration-minutes = { $m } Min. { $s } s
duration-hours = { $h } Std. { $m } Min.

# Was gezählt wird
blocks = { $n ->
    [one] { $n } Absatz
   *[other] { $n } Absätze
}
utterances = { $n ->
    [one] { $n } Sprechabschnitt
   *[other] { $n } Sprechabschnitte
}
articles = { $n ->
    [one] { $n } Artikel
   *[other] { $n } Artikel
}
sentences = { $n ->
    [one] { $n } Satz
   *[other] { $n } Sätze
}
words = { $n ->
    [one] { $n } Wort
   *[other] { $n } Wörter
}

# Fehler in der Befehlszeile
usage-line = Aufruf: { $usage }
usage-unknown-command = Den Befehl „{ $command }“ gibt es nicht
usage-missing-command = Es fehlt ein Befehl
usage-unknown-option = Die Option „{ $option }“ gibt es hier nicht
usage-too-many = „{ $value }“ ist eine Angabe zu viel
usage-missing = Es fehlt: { $arguments }
usage-twice = „{ $argument }“ kann nur einmal angegeben werden
usage-conflict = „{ $argument }“ und „{ $other }“ gehen nicht zusammen
usage-no-value = „{ $argument }“ braucht einen Wert
usage-bad-value = „{ $argument }“ kann nicht „{ $value }“ sein
usage-bad-value-because = „{ $argument }“ kann nicht „{ $value }“ sein: { $reason }
usage-no-text = Eine Angabe ist kein gültiges UTF-8
usage-did-you-mean = Gemeint sein könnte { $meant }
usage-possible = Möglich sind: { $values }
usage-help = `vorleser --help` zeigt alle Befehle und Optionen
not-between = keine Zahl von { $low } bis { $high }
not-a-language = keine Sprache wie de, de-AT oder en
not-an-address = keine Webadresse wie https://example.org/artikel
not-a-day = kein Tag wie 2025-05-25
not-a-loudness = weder eine Zahl von -40 bis -10 noch off

# Einstellungen
config-read = Die Einstellungsdatei { $path } lässt sich nicht lesen
config-toml = Die Einstellungsdatei { $path } ist fehlerhaft
config-unknown-key = Zeile { $line } der Einstellungsdatei { $path }: Die Einstellung „{ $key }“ gibt es nicht
config-value = Zeile { $line } der Einstellungsdatei { $path }: { $key } kann nicht { $value } sein ({ $reason })
config-switch = möglich sind true und false
config-text-or-number = es muss ein Text oder eine Zahl sein
config-one-of = möglich sind { $values }
config-not-there = (nicht vorhanden)
config-from-flag = Option
config-from-file = Datei
config-from-default = Standard
hint-config = `vorleser config --help` nennt die Einstellungen und ihre Werte

# Lesen und sprechen
detail = [{ $ms } ms] { $what }
read-page = { $place } gelesen: { $kind }, { $bytes } Byte
kind-text = Text
found-article = Artikel gefunden: { $blocks }, ausgelassen: { $dropped }
read-further = { $address } gelesen
did-not-read = { $address } nicht gelesen
language-found = Sprache { $language }: { $utterances }
opened-voice = Stimme { $voice } geöffnet
said-all = Alles gesprochen
reading = Vorgelesen wird: { $title }
could-not-say = Die Stimme konnte das nicht sprechen: { $text }
stopped = Angehalten
nothing-to-say = Der Artikel enthält nichts, was sich sprechen ließe
hint-nothing-to-say = `vorleser text` zeigt den gefundenen Artikel

# Die Leseliste und die Zwischenablage
queue-added = Als Nummer { $number } aufgenommen: { $title }
queue-empty = Die Leseliste ist leer.
queue-line = { $number }. { $title }
queue-line-heard = { $number }. { $title } (gehört)
queue-all-heard = In der Leseliste ist nichts, was nicht schon gehört wurde.
queue-playing = Die Leseliste wird schon an anderer Stelle vorgelesen
queue-no-number = Die Nummer { $number } gibt es nicht; die Leseliste geht bis { $count }
queue-removed = Entfernt: { $title }
queue-cleared = Entfernt: { $articles }.
queue-no-home = Es gibt kein Benutzerverzeichnis und damit keinen Platz für eine Leseliste
queue-damaged = Die Leseliste { $path } ist beschädigt
queue-not-written = Die Leseliste in { $path } lässt sich nicht schreiben
clip-address = Gelesen wird die Adresse { $address }
hint-clipboard = In derselben Desktop-Sitzung kopieren; oder den Text durch eine Pipe geben: `wl-paste | vorleser -`, `xclip -o | vorleser -`
hint-clipboard-empty = Zuerst einen Text oder eine Webadresse kopieren

# Dateien
wrote-sound = Ton geschrieben
wrote = { $file } geschrieben: { $length } Sprache, { $utterances }.
loudness-short = Die Lautheit beträgt { $lufs } LUFS; mehr würde verzerren
no-format = Das Format .{ $ending } gibt es nicht; eine Datei mit einer dieser Endungen angeben ({ $endings }) oder --format-out benutzen
subtitles-need-file = --subtitles braucht eine Datei, neben der die Untertitel stehen können
terminal-no-sound = Ein Terminal kann keinen Ton wiedergeben; eine Datei angeben oder in eine Pipe schreiben
wrote-many = { $articles } in { $place } geschrieben ({ $length } Sprache)
many-present = schon vorhanden: { $n } (--force schreibt sie neu)
many-failed = gescheitert: { $n }
failed-line = { "  " }gescheitert: { $article }: { $error }
some-failed = { $failed } von { $all } gescheitert
article-is-in = { $article } ist in { $file }
there-already = { $file } ist schon da
several-need-folder = Mehrere Artikel brauchen einen Ordner oder --join
json-or-sound = JSON und Ton können nicht beide in die Standardausgabe
the-feed = Der Feed { $feed }
entry-of = Ein Eintrag von { $feed }
entry-without-address = Der Feed nennt dafür keine Webadresse
list-line = Zeile { $line } der Liste ist keine Webadresse
fault = Das ist ein Fehler in diesem Programm; bitte melden
cannot-read = { $file } lässt sich nicht lesen
timing-too-large = { $file } ist zu groß für eine Datei mit Zeitangaben
not-timing = { $file } stammt nicht von `vorleser render --timing`
not-wav = { $file } lässt sich nicht als WAV lesen
all-there = Alles da: { $sentences }.
man-not-written = Die Handbuchseiten lassen sich nicht in { $dir } schreiben
needs-lines = `vorleser normalise` braucht --lines
voice-removed = { $id } entfernt.
voice-files-right = { $id }: Alle Dateien sind richtig.
no-voice-installed = Es ist keine Stimme installiert.
installed-voice = { $id } installiert; `--voice { $name }` spricht damit.
fetched-so-far = { $file }: { $done } von { $total } MB
file-must-end = Der Name der Datei muss auf eine dieser Endungen lauten: { $endings }
voice-said = { $id } hat gesprochen: { $text }
voice-id = Kennung: { $id }
voice-aliases = auch genannt: { $names }
voice-name = Name: { $name }
voice-language = Sprache: { $language }
voice-quality = Qualität: { $quality }
voice-licence = Lizenz: { $licence }
voice-rate = Abtastrate: { $rate } Hz
voice-description = Beschreibung: { $text }
voice-size = Größe: { $size } MB
voice-source = Quelle: { $source }
voice-installed = installiert: ja
voice-not-installed = installiert: nein
voice-folder = Ordner: { $path }
voice-speakers = Sprecher: { $names }
voice-word-german = Deutsch
voice-word-english = Englisch
voice-word-moods = in acht Stimmungen
voice-word-system = Stimmen des Betriebssystems
voice-word-any = jede
voice-word-depends = je nach System
voice-word-clear = deutlich
voice-word-synthetic = künstlich
voice-word-natural = natürlich
voice-word-fast = schnell
voice-word-muffled = etwas dumpf
voice-word-high = hoch
voice-word-medium = mittel
voice-word-low = niedrig
voice-word-slower = dreimal so langsam
voice-word-no-speech = keine Sprache
voices-json-alone = --json geht nur mit der Liste der Stimmen
voice-about-de-de-eva-k-x-low = Eine Frau, gelesen aus Hörbüchern der Sammlung M-AILABS. Die kleinste der natürlichen Stimmen.
voice-about-de-de-karlsson-low = Ein Mann, gelesen aus Hörbüchern der Sammlung M-AILABS.
voice-about-de-de-kerstin-low = Eine Frau, eigens dafür aufgenommen.
voice-about-de-de-pavoque-low = Ein geschulter Sprecher. Nicht für gewerbliche Zwecke.
voice-about-de-de-ramona-low = Eine Frau, gelesen aus Hörbüchern der Sammlung M-AILABS.
voice-about-de-de-thorsten-high = Die bekannte freie deutsche Stimme, so gut wie möglich. Ein Mann.
voice-about-de-de-thorsten-low = Die bekannte freie deutsche Stimme, mit 16 kHz. Ein Mann.
voice-about-de-de-thorsten-medium = Die bekannte freie deutsche Stimme; mit ihr fängt man am besten an. Ein Mann.
voice-about-de-de-thorsten-emotional-medium = Derselbe Mann belustigt, wütend, angewidert, betrunken, neutral, müde, überrascht oder flüsternd: `--voice thorsten-emotional:whisper`.
voice-about-en-us-joe-medium = Ein Mann, amerikanisch. Für englische Artikel.
voice-about-pico-de = Eingebaut, fängt sofort an, geht ohne Netz. Eine Frauenstimme von 2009.
voice-about-system = Spricht nur laut: Speech Dispatcher unter Linux, die Stimmen des Systems unter macOS und Windows. `system:NAME` nimmt eine beim Namen.
voice-line = { $id }: { $name }, Sprache { $language }, Technik { $engine }, Qualität { $quality }, Lizenz { $licence }, { $installed ->
    [yes] installiert
   *[no] nicht installiert
}

# text --explain
explain-head = { $part }: { $facts }
explain-title = Titel
explain-lead = Vorspann
explain-shown = auf der Seite bei { $origin }
explain-not-shown = auf der Seite nicht gezeigt
explain-none = keiner gefunden
explain-named = im Markup so genannt
explain-title-element = dem Element title
explain-agree = ebenso in { $sources }
explain-begin = gleicher Anfang wie in { $sources }
explain-alone = keine andere Quelle stimmt überein
explain-lost = ausgelassen, weil überstimmt: { $source } sagt „{ $text }“
explain-read = gelesen ({ $kind }): { $text }
explain-heading = Zwischentitel, Ebene { $level }
explain-paragraph = Absatz
explain-list-item = Listenpunkt
explain-quote = Zitat
explain-question = Frage
explain-answer = Antwort
explain-ticker-entry = Ticker-Eintrag
explain-table-row = Tabellenzeile
explain-post = Beitrag aus einem sozialen Netz
explain-caption = Bildunterschrift
explain-note = Hinweis
explain-dropped = ausgelassen ({ $reason }, { $score }) bei { $origin }: { $text }
left-out-ad = Werbung
left-out-comments = Leserkommentare
left-out-offer = Angebot von Newsletter oder App
left-out-consent = Einwilligungstext
left-out-paywall = Abo-Angebot
left-out-related = Verweis auf andere Artikel
left-out-share = Teilen-Leiste oder Werkzeug
left-out-caption = Bildunterschrift oder Bildnachweis
left-out-player = Audio- oder Videospieler
left-out-author-box = Autorenzeile oder -kasten
left-out-navigation = Navigation
left-out-keywords = Schlagwörter
left-out-date = Datum, Autor oder Lesezeit
left-out-poll = Umfrage, Quiz oder Bewertung
left-out-footnotes = Fußnote
left-out-widget = Bedienelement der Seite
left-out-no-text = kein Text
left-out-embed = eingebettete Seite
left-out-noscript = nur für Browser ohne JavaScript
left-out-form = Formular
left-out-beside = Kasten neben dem Artikel
left-out-footer = Fußbereich
left-out-folded = eingeklappter Kasten
left-out-hidden = auf der Seite verborgen
left-out-machine = maschinelle Zusammenfassung
left-out-quote-source = Quelle eines herausgestellten Zitats
left-out-pull-quote = herausgestelltes Zitat, das den Text wiederholt
left-out-said-before = schon gesagt
left-out-label = Beschriftung
left-out-under-label = Verweise
left-out-empty-heading = Überschrift, unter der nichts steht
left-out-title = noch einmal die Überschrift
left-out-outvoted = überstimmte Überschrift
left-out-another = ein anderer Artikel
left-out-info-box = Infokasten
left-out-table = Tabelle, zu groß zum Zuhören
left-out-mail = Kopf oder Unterschrift des Textes
left-out-frame = außerhalb des Artikels

# Das Wörterbuch
no-home = Es gibt kein Benutzerverzeichnis und damit keinen Platz für ein Wörterbuch
dictionary-unusable = Das Wörterbuch { $path } lässt sich nicht benutzen
dictionary-cannot-add = „{ $word }“ lässt sich nicht aufnehmen: { $fault }
dictionary-said-as = { $word } wird gesprochen: { $spoken }
dictionary-said-as-before = { $word } wird gesprochen: { $spoken } (bisher: { $before })
dictionary-not-in = „{ $word }“ steht nicht im Wörterbuch { $path }
dictionary-removed = { $word } entfernt.
dictionary-opened = Wörterbuch { $path } geöffnet: { $words }
dictionary-any-case = (groß und klein geschrieben)
dictionary-cannot-import = { $file } lässt sich nicht übernehmen
dictionary-left-out = „{ $word }“ ausgelassen: { $fault }
dictionary-imported = Übernommen: { $words }.
dictionary-only-ipa = Nur mit Lautschrift, die natürliche Stimmen benutzen: { $words }.
hint-dictionary-mend = Die Zeile berichtigen; `--no-lexicon` liest ohne das Wörterbuch
hint-dictionary-import = Übernehmen lassen sich ein Aussprachelexikon des W3C (PLS 1.0) oder ein Wörterbuch dieses Programms

# Die Diagnose: Jede Zeile steht für sich
doctor-fine = gut: { $what }
doctor-note = Hinweis: { $what }
doctor-broken = gestört: { $what }
doctor-mend = Abhilfe: { $how }
doctor-all-fine = Alles in Ordnung.
doctor-only-notes = { $n ->
    [one] Nichts ist gestört; ein Hinweis.
   *[other] Nichts ist gestört; { $n } Hinweise.
}
doctor-some-broken = { $n ->
    [one] Eine Sache ist gestört.
   *[other] { $n } Sachen sind gestört.
}
doctor-install = Die Pakete { $packages } installieren, oder wie sie auf diesem System heißen
doctor-version = Version: vorleser { $version } für { $system }, gebaut mit { $features }
doctor-sound-fine = Ton: Das Ausgabegerät lässt sich öffnen
doctor-sound-none = Ton: { $reason }; zu hören ist nichts, aber Dateien lassen sich schreiben
doctor-sound-hangs = Ton: Das Ausgabegerät antwortet nicht
doctor-sound-not-built-in = Ton: Diese Fassung des Programms kann keinen Ton ausgeben; Dateien lassen sich schreiben
doctor-pulse-server = PULSE_SERVER steht auf { $server }; den Tondienst dort starten, oder `unset PULSE_SERVER`
doctor-voice-fine = Stimmen: Die eingebaute Stimme { $voice } ist bereit; insgesamt { $n }, siehe `vorleser voices`
doctor-voice-broken = Stimmen: Die eingebaute Stimme { $voice } geht nicht: { $reason }
doctor-natural-fine = Natürliche Stimmen: vollständig installiert: { $names }
doctor-natural-broken = Natürliche Stimmen: { $voice } ist beschädigt: { $reason }
doctor-natural-none = Natürliche Stimmen: Es ist keine installiert; die eingebaute Stimme geht auch so
doctor-espeak-fine = eSpeak NG: Die Bibliothek, die natürliche Stimmen brauchen, ist da und kann Deutsch
doctor-espeak-broken = eSpeak NG: Natürliche Stimmen können nicht sprechen: { $reason }
doctor-encryption-fine = Verschlüsselung: Die Zertifikate für https sind da
doctor-encryption-broken = Verschlüsselung: { $reason }; Adressen mit https lassen sich nicht lesen
doctor-clipboard-fine = Zwischenablage: Sie antwortet; `vorleser clip` liest sie vor
doctor-clipboard-none = Zwischenablage: { $reason }; `vorleser clip` hat nichts vorzulesen
doctor-clipboard-hangs = Zwischenablage: Sie antwortet nicht; `vorleser clip` hat nichts vorzulesen
doctor-clipboard-mend = Das Programm in einem Terminal des Desktops aufrufen, wo DISPLAY oder WAYLAND_DISPLAY gesetzt ist, oder den Text an `vorleser -` geben
doctor-bus-fine = Medientasten: Der Sitzungsbus antwortet; Medientasten und die Bedienung durch den Desktop gehen
doctor-bus-none = Medientasten: Es gibt keinen Sitzungsbus; die Tasten im Terminal gehen auch so
doctor-bus-mend = Das Programm in einem Terminal des Desktops aufrufen, oder mit `dbus-run-session vorleser`
doctor-speech-fine = Sprachdienst des Systems: Er antwortet und hat { $n ->
    [one] eine deutsche Stimme
   *[other] { $n } deutsche Stimmen
}
doctor-speech-no-german = Sprachdienst des Systems: Er antwortet, hat aber keine deutsche Stimme; die eingebaute Stimme geht auch so
doctor-speech-none = Sprachdienst des Systems: { $reason }; die eingebaute Stimme geht auch so
doctor-speech-not-built-in = Sprachdienst des Systems: Diese Fassung des Programms kennt ihn nicht; die eingebaute Stimme geht
doctor-network-fine = Netz: { $host } ist erreichbar
doctor-network-dns = Netz: { $host } wird nicht gefunden; Artikel aus dem Netz lassen sich nicht lesen, Dateien schon
doctor-network-refused = Netz: keine Verbindung zu { $host } ({ $reason }); Artikel aus dem Netz lassen sich nicht lesen, Dateien schon
doctor-network-mend = Diesen Rechner mit dem Internet verbinden und noch einmal versuchen
doctor-network-proxy = Die Adresse des Proxys in https_proxy prüfen
doctor-directory-temporary = temporäre Dateien
doctor-directory-config = Einstellungen
doctor-directory-data = Daten
doctor-directory-cache = den Zwischenspeicher
doctor-directory-state = Lesestellen und Leseliste
doctor-directory-fine = Verzeichnis für { $name }: { $path } ist beschreibbar
doctor-directory-broken = Verzeichnis für { $name }: { $path } ist nicht beschreibbar ({ $reason })
doctor-settings-fine = Einstellungen: { $path } ist in Ordnung
doctor-settings-none = Einstellungen: Es gibt keine Einstellungsdatei; es gilt der Standard
doctor-dictionary-fine = Wörterbuch: Es ist in Ordnung und hat { $words }
doctor-locale-fine = Sprachumgebung: { $locale }; Umlaute werden angezeigt
doctor-locale-not-utf8 = Sprachumgebung: „{ $locale }“ ist nicht UTF-8; Umlaute könnten falsch ankommen
doctor-terminal = Terminal: vorhanden
doctor-terminal-none = Terminal: Die Ausgabe geht in eine Datei oder eine Pipe
doctor-terminal-accessible = Terminal: einfache Zeilen für einen Screenreader, wie es ACCESSIBLE verlangt

# Was zu tun ist, wenn ein Artikel nicht zu bekommen ist
hint-paywall = Die Seite im Browser mit eigener Anmeldung öffnen, dort speichern und die Datei angeben; `--force` liest den Anfang
hint-consent = Die Seite im Browser öffnen, zustimmen oder ablehnen, dort speichern und die Datei angeben
hint-error-page = Die Adresse prüfen; vielleicht ist der Artikel umgezogen
hint-index = Die Adresse eines der Artikel angeben
hint-right-page = Prüfen, ob das die richtige Seite ist
hint-save = Die Seite im Browser öffnen, dort speichern und die Datei angeben
hint-save-or-copy = Die Seite im Browser öffnen, dort speichern und die Datei angeben; oder den Text kopieren und mit `-` über die Standardeingabe geben
hint-log-in = Die Seite in einem Browser öffnen, der dort angemeldet ist, speichern und die Datei angeben
hint-voices = `vorleser voices` nennt die vorhandenen Stimmen
hint-nothing-to-resume = `vorleser EINGABE` fängt einen an; die Stelle wird gemerkt
hint-install = `vorleser voices install { $id }` holt sie
hint-web-page = Für die Webseite { $address } angeben
hint-command = Gemeint sein könnte der Befehl `{ $command }`
hint-spelling = Die Schreibweise prüfen; Webadressen beginnen mit https://
hint-scheme = Adressen müssen mit http:// oder https:// beginnen
hint-address = Eine Adresse sieht so aus: https://example.org/artikel
hint-directory = Eine Datei darin angeben
hint-too-large = Artikel sind viel kleiner; den Artikel herauskopieren und nur ihn angeben
hint-accepted = Gelesen werden Webseiten (HTML), Textdateien (.txt, .md) und Text von der Standardeingabe
hint-certificates = Das Datum dieses Rechners und die Stammzertifikate prüfen (Debian: ca-certificates)
hint-dns = Die Schreibweise der Adresse und die Netzverbindung prüfen
hint-disallowed = Listen und Feeds halten sich daran; die Adresse selbst als EINGABE angeben, um die Seite trotzdem zu lesen
hint-feed = Die Adresse eines Feeds (RSS, Atom, JSON Feed) oder eine OPML-Datei angeben; eine Seite wird als EINGABE angegeben
hint-later = Später noch einmal versuchen
hint-network = Die Netzverbindung prüfen und noch einmal versuchen

# Zwischenspeicher und Fortschritt
cache-no-place = Es gibt kein Benutzerverzeichnis und damit keinen Platz für einen Zwischenspeicher
cache-unreadable = Der Zwischenspeicher { $folder } ist nicht lesbar
cache-uncleared = Der Zwischenspeicher { $folder } lässt sich nicht leeren
cache-cleared = Aus { $folder } entfernt: { $size }.
cache-size = { $sentences }, { $mib } MiB
cache-trouble = Warnung: Gesprochene Sätze lassen sich nicht aufheben: { $trouble }
progress-writing = wird geschrieben
progress-left = noch { $left }, { $speed }×

# Zuhören
anew-flag = --from-start beginnt von vorn
anew-key = die Taste 0 beginnt von vorn
device-gone = Angehalten: Das Tongerät ist weg ({ $reason }). Die Leertaste setzt fort, wenn es wieder da ist.
fallback-goes-on = Warnung: { $error }; die eingebaute Stimme liest weiter
fallback-reads = Warnung: { $error }; die eingebaute Stimme liest vor
fastest = Schneller geht es nicht.
filling = Diese Stimme rechnet länger, als sie spricht; ein Teil wird zuerst vorbereitet.
going-on = Weiter.
going-on-at = Weiter bei Satz { $number } von { $count }; { $anew }.
here = Satz { $number } von { $count }
no-word-yet = Es war noch kein Wort zu hören.
nothing-after = Danach kommt nichts mehr.
nothing-before = Davor steht nichts.
nothing-to-resume = Es gibt keinen Artikel zum Weiterhören
now-at = Jetzt { $here }.
paused-at = Angehalten bei { $here }.
place-not-kept = Warnung: Die Stelle lässt sich nicht merken ({ $error })
slowest = Langsamer geht es nicht.
speech-gone = Die Sprachausgabe ist abgebrochen
speed = Tempo { $rate }.
spelling = Buchstabiert: { $word }
stopped-at = Beendet bei Satz { $number } von { $count }; weiter mit `vorleser resume`.
key-space = Leertaste
key-space-does = anhalten, weiter
key-sides = links, rechts
key-sides-does = Satz zurück, vor
key-up-down = auf, ab
key-up-down-does = Absatz zurück, vor
key-heading-does = vorige, nächste Überschrift
key-speed-does = schneller, langsamer
key-zero-does = von vorn
key-repeat-does = Satz wiederholen
key-spell-does = letztes Wort buchstabieren
key-help-does = diese Tasten
key-quit-does = beenden; die Stelle wird gemerkt
key-control = Strg-C, Strg-Z
key-control-does = abbrechen, in den Hintergrund
view-keys = Leertaste Pause   links/rechts Satz   auf/ab Absatz   ? Hilfe   q Ende
view-paused = PAUSE
view-reading = Es liest
view-nearly-over = noch weniger als eine Minute
view-left = noch etwa { $minutes } Minuten
view-position = { $state }   Satz { $number } von { $count }   { $left }   Tempo { $rate }

# Podcast, Tongeräte, Titelbild
podcast-added = Aufgenommen: { $title }, { $length }.
podcast-anew = Neu gesprochen: { $title }, { $length }.
podcast-removed = Entfernt: { $name }, { $title }.
podcast-where = Die Seite ist { $page }, der Feed { $feed }.
podcast-no-feed = Die Seite ist { $page }. Für einen Feed angeben, unter welcher Adresse der Ordner zu finden ist: `vorleser podcast { $folder } update --base-url ADRESSE`.
no-devices = Es gibt kein Tongerät.
not-a-cover = { $file } taugt nicht als Titelbild
podcast-cover = Podcast-Verzeichnisse nehmen { $file } nicht an: { $reason }
no-bitrate = Dateien dieses Formats haben keine --bitrate; sie gilt für MP3 und Opus
not-a-bitrate = weder eine Zahl von 6 bis 256 noch auto
no-such-bitrate = Diese --bitrate gibt es für das Format nicht
no-picture = Kein Bild von der Seite: { $trouble }
device-default = {" "}(voreingestellt)
