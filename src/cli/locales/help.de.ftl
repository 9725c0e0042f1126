# Die Hilfe. Auf Englisch steht sie im Code, an den Befehlen, Argumenten und Werten. Wie die Schlüssel gebildet werden,
# steht in help.rs.

command-vorleser = Liest deutsche Artikel vor: hinein eine Webadresse, eine HTML-Datei oder ein Text, heraus Sprache oder eine Tondatei.
command-help = Diese Hilfe oder die Hilfe zu einem Befehl anzeigen
command-speak = Einen Artikel laut vorlesen; `vorleser EINGABE` ist die Kurzform
command-render = Artikel als Tondateien schreiben
command-verify = Anhand der Zeitangaben prüfen, ob jeder Satz in einer Aufnahme ist
command-text = Den sauberen Artikel ausgeben, in der Reihenfolge des Vorlesens
command-script = Ausgeben, was gesprochen wird, ein Sprechabschnitt je Zeile
command-normalise = Geschriebenes Deutsch in gesprochenes verwandeln, Zeile für Zeile
command-voices = Die Stimmen auflisten, natürliche installieren und entfernen
command-voices-install = Eine natürliche Stimme holen; was abgebrochen ist, wird fortgesetzt
command-voices-remove = Eine installierte Stimme entfernen
command-voices-verify = Prüfen, ob die Dateien installierter Stimmen die richtigen sind
command-voices-show = Ausgeben, was über eine Stimme bekannt ist, mit ihrer Beschreibung
command-voices-test = Eine Stimme einen Satz sprechen lassen
command-lexicon = Ein eigenes Wörterbuch führen: wie Wörter gesprochen werden
command-lexicon-add = Ein Wort aufnehmen oder seine Aussprache ändern
command-lexicon-list = Die Wörter auflisten
command-lexicon-remove = Ein Wort entfernen
command-lexicon-import = Die Wörter einer Datei übernehmen: ein Wörterbuch dieses Programms (TOML) oder ein Aussprachelexikon des W3C (PLS)
command-lexicon-path = Ausgeben, wo das Wörterbuch liegt
command-config = Die geltenden Einstellungen ausgeben und woher sie kommen
command-doctor = Ton, Stimmen, Netz und Verzeichnisse prüfen und sagen, was bei Störungen hilft
command-clip = Laut vorlesen, was in der Zwischenablage ist: eine Adresse oder ein Text
command-queue = Eine Leseliste führen und anhören
command-queue-add = Artikel holen und hinten anfügen
command-queue-list = Die Artikel mit ihren Nummern auflisten
command-queue-play = Die noch nicht gehörten Artikel nacheinander vorlesen; braucht kein Netz
command-queue-remove = Artikel entfernen
command-queue-clear = Alle Artikel entfernen
command-completions = Ein Skript zur Vervollständigung für eine Shell ausgeben
command-man = Die Handbuchseite ausgeben (roff)

after-vorleser =
    Beispiele:
      vorleser https://example.org/artikel        einen Artikel laut vorlesen
      vorleser render artikel.html -o artikel.wav ihn als Tondatei schreiben
      vorleser text artikel.html                  den sauberen Artikel ausgeben
      vorleser script artikel.html                ausgeben, was gesprochen wird

    EINGABE ist eine Webadresse, eine Datei (.html, .htm, .txt, .md) oder - für die Standardeingabe.

    Rückgabewerte: 0 erledigt, 1 gescheitert, 2 falscher Aufruf, 3 kein Artikel gefunden, 4 Netz,
    5 keine solche Stimme oder Stimme gestört, 130 vom Benutzer angehalten.
after-config =
    Jede dieser Optionen lässt sich in config.toml setzen, im Verzeichnis vorleser des Konfigurationsverzeichnisses
    (unter Linux ~/.config), zum Beispiel:
      rate = 1.2
      quotes = "announce"
      intro = false
    Eine angegebene Option geht der Datei vor.

name-BOXES = ORT
name-DATE = TAG
name-FOLDER = ORDNER
name-EMOJI = ART
name-GENDER = ART
name-LANGUAGE = SPRACHE
name-PITCH = ZAHL
name-QUOTES = ART
name-RATE = ZAHL
name-SHELL = SHELL
name-TICKER = FOLGE
name-VOLUME = ZAHL
name-DIR = VERZEICHNIS
name-FILE = DATEI
name-FORMAT = FORMAT
name-ID = NAME
name-INPUT = EINGABE
name-IPA = LAUTSCHRIFT
name-LUFS = LUFS
name-RUNTIME = NAME
name-NAME = NAME
name-IDS = NAME
name-PATH = PFAD
name-SCALE = FAKTOR
name-NUMBER = NUMMER
name-SECONDS = SEKUNDEN
name-SPOKEN = GESPROCHEN
name-TAG = SPRACHE
name-URL = ADRESSE
name-WORD = WORT

arg-audio = Die Aufnahme als WAV, um auch sie abzuhören
arg-base_url = Adresse einer gespeicherten Seite
arg-batch = Zeilen `Pfad<TAB>Adresse` von der Standardeingabe lesen und für jede eine JSON-Zeile ausgeben
arg-boxes = Wann Infokästen gelesen werden
arg-byline = Sagen, wer den Artikel geschrieben hat, auch wenn die Einstellungsdatei es anders will
arg-captions = Auch Bildunterschriften lesen
arg-chapters = Die Kapitel schreiben, als JSON nach Podcasting 2.0; ein Ordner, wenn die Ausgabe einer ist
arg-dir = Stattdessen für das Programm und jeden Befehl eine Seite in dieses Verzeichnis schreiben
arg-emoji = Ob Emojis mit ihrem Namen gesprochen werden
arg-feed = Auch die Artikel eines Feeds lesen (RSS, Atom, JSON Feed) oder die aller Feeds in einer OPML-Datei
arg-file = Die Datei
arg-force = Lesen, was da ist, auch wenn es nicht nach einem ganzen Artikel aussieht
arg-format = Die Eingabe als dieses Format lesen, wie auch immer sie heißt
arg-format_out = Format der Datei, wie auch immer ihr Name endet
arg-gender = Wie Formen wie `Lehrer*innen` gesprochen werden
arg-help = Hilfe anzeigen (`-h` kurz, `--help` ausführlich)
arg-heard = Nur die gehörten
arg-ignore_case = `gif` auch für `GIF` und `Gif` nehmen
arg-input = Webadresse, Datei (.html, .htm, .txt, .md) oder - für die Standardeingabe
arg-intro = Dachzeile, Autor und Datum lesen, auch wenn die Einstellungsdatei es anders will
arg-ipa = Aussprache im Internationalen Phonetischen Alphabet, für natürliche Stimmen
arg-join = Alle Artikel in eine Datei schreiben, mit Kapiteln
arg-json = Als JSON ausgeben
arg-lang = Sprache des Artikels: auto, de, en, …
arg-lexicon = Das eigene Wörterbuch benutzen, auch wenn die Einstellungsdatei es anders will
arg-lines = Zeilen von der Standardeingabe lesen und für jede genau eine gesprochene Zeile ausgeben
arg-list = Auch die Adressen in einer Datei lesen, eine je Zeile; # beginnt eine Anmerkung; - für die Standardeingabe
arg-loudness = Lautheit nach EBU R 128 in LUFS; off lässt sie, wie die Stimme sie hat
arg-no_byline = Nicht sagen, wer den Artikel geschrieben hat
arg-no_captions = Keine Bildunterschriften lesen, auch wenn die Einstellungsdatei es anders will
arg-no_intro = Mit der Überschrift beginnen: ohne Dachzeile, Autor und Datum
arg-no_lexicon = Ohne das eigene Wörterbuch lesen (`vorleser lexicon`)
arg-offline = Das Netz nicht prüfen
arg-output = Die Datei, die geschrieben wird; - für die Standardausgabe. Bei mehreren Artikeln der Ordner, in dem jeder eine Datei mit Datum und Titel im Namen bekommt
arg-pause = Sekunden zwischen zwei Anfragen an denselben Server
arg-pitch = Tonhöhe, 0.5 bis 2.0
arg-quiet = Nichts als Fehler ausgeben
arg-quotes = Wie wörtliche Rede abgesetzt wird
arg-rate = Tempo, 0.5 bis 3.0
arg-shell = Die Shell
arg-since = Weglassen, was laut Feed älter ist als dieser Tag, zum Beispiel 2025-05-25
arg-spoken = Wie es gesprochen wird, in gewöhnlicher deutscher Rechtschreibung
arg-subcommand = Der Befehl, zu dem Hilfe gewünscht wird
arg-subtitles = Untertitel neben die Datei schreiben, als WebVTT und SRT
arg-ticker = In welcher Reihenfolge die Einträge eines Livetickers gelesen werden
arg-timeout = Wie viele Sekunden eine Seite aus dem Netz höchstens brauchen darf
arg-timing = Schreiben, wann jeder Satz zu hören ist, als JSON; ein Ordner, wenn die Ausgabe einer ist
arg-ui-lang = Sprache des Programms; sonst gilt die Sprache der Umgebung (LC_ALL, LC_MESSAGES, LANG)
arg-verbose = Ausgeben, was unterwegs getan wird und wann
arg-version = Die Version ausgeben
arg-voice = Stimme, wie `vorleser voices` sie nennt, oder der Ordner einer Piper-Stimme; `KENNUNG:NAME` für einen von mehreren Sprechern, `system` oder `system:NAME` für die des Systems
arg-volume = Lautstärke, 0.0 bis 2.0
arg-word = Das Wort oder die Wörter, wie sie geschrieben werden
arg-queue-play-number = Nummer des Artikels, mit dem begonnen wird, ob gehört oder nicht
arg-queue-remove-number = Nummern, wie `vorleser queue list` sie nennt
arg-render-json = Ausgeben, was aus jedem Artikel geworden ist, als JSON
arg-script-explain = Jede Umformung zeigen: geschrieben → gesprochen (Regel)
arg-script-json = Rolle, Sprache, Pause und Herkunft jedes Sprechabschnitts als JSON ausgeben
arg-text-explain = Jeden ausgelassenen Block nennen, mit dem Grund
arg-text-json = Den gegliederten Artikel als JSON ausgeben
arg-verify-timing = Die Datei, die `vorleser render --timing` geschrieben hat
arg-voices-install-ids = Die Stimmen
arg-voices-install-from = Die Dateien ohne Netz aus diesem Verzeichnis nehmen oder von dort, wo diese Datei liegt
arg-voices-install-timeout = Wie viele Sekunden ein Server schweigen darf
arg-mirror = Adresse eines Spiegels, von dem die Dateien geholt werden
arg-voices-remove-id = Die Stimme
arg-voices-verify-ids = Die Stimmen; wird keine genannt, alle installierten
arg-voices-show-id = Die Stimme oder der Ordner einer Stimme
arg-voices-test-id = Die Stimme oder der Ordner einer Stimme
arg-voices-test-output = Den Satz stattdessen in diese Datei schreiben
arg-speaker = Sprecher einer natürlichen Stimme mit mehreren, nach Name oder Nummer; dasselbe wie `--voice KENNUNG:NAME`
arg-runtime = Was natürliche Stimmen rechnet
arg-seed = Womit der Zufall einer natürlichen Stimme beginnt: Dieselbe Zahl ergibt denselben Ton
arg-noise_scale = Wie sehr der Klang einer natürlichen Stimme schwankt, 0.0 bis 2.0; sonst wie es die Stimme vorgibt
arg-noise_w = Wie sehr der Rhythmus einer natürlichen Stimme schwankt, 0.0 bis 2.0; sonst wie es die Stimme vorgibt
arg-length_scale = Länge der Laute einer natürlichen Stimme, 0.1 bis 10.0, größer ist langsamer; sonst wie es die Stimme vorgibt

value-boxes-end = Nach dem Artikel
value-boxes-inline = Wo sie auf der Seite stehen
value-boxes-skip = Gar nicht
value-boxes-auto = Nach dem Artikel, aber nur die, die die Seite selbst so nennt
value-emoji-drop = Weglassen
value-emoji-name = Ihren deutschen Namen sprechen
value-format-html = Eine Webseite
value-format-text = Einfacher Text oder Markdown
value-format_out-wav = Unkomprimiert, 16 Bit
value-format_out-flac = Verlustfrei
value-format_out-mp3 = MP3, 96 kbit/s
value-format_out-opus = Opus im Ogg-Container, 32 kbit/s
value-gender-glottal = Ein kurzes Absetzen, wie es heute gesprochen wird
value-gender-both = `Lehrerinnen und Lehrer`
value-gender-plain = `Lehrerinnen`
value-quotes-pause = Eine kurze Pause
value-quotes-announce = `Zitat … Zitat Ende`, wie im Radio
value-quotes-voice = Eine andere Stimme, wo es eine gibt
value-runtime-rten = Eingebaut
value-runtime-ort = ONNX Runtime, mit der Bibliothek des Systems
value-ticker-page = Wie auf der Seite
value-ticker-newest = Das Neueste zuerst
value-ticker-oldest = Das Älteste zuerst
value-ui-lang-de = Deutsch
value-ui-lang-en = Englisch
