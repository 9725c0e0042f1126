# Fehler und Warnungen der Bibliothek. Auf Englisch stehen sie im Code (`#[error("…")]`).

source-no-such-input = „{ $given }“ ist weder eine Webadresse noch eine vorhandene Datei
source-scheme = Adressen, die mit „{ $scheme }“ beginnen, können nicht geöffnet werden
source-address = „{ $given }“ ist keine gültige Webadresse
source-file = Die Datei { $path } lässt sich nicht lesen
source-directory = { $path } ist ein Verzeichnis
source-stdin = Die Standardeingabe lässt sich nicht lesen
source-too-large = Die Eingabe ist größer als { $limit } MiB
source-foreign = Die Eingabe ist { $found }, kein Artikel
source-archive = Die gespeicherte Seite enthält kein HTML
source-empty = Die Eingabe ist leer
source-client = Auf diesem System lassen sich keine sicheren Verbindungen aufbauen
source-dns = Der Server { $host } wurde nicht gefunden
source-refused = { $host } hat die Verbindung abgelehnt
source-connect = Keine Verbindung zu { $host }
source-tls = Die sichere Verbindung zu { $host } ist gescheitert
source-timeout = { $seconds ->
    [one] { $host } hat die Seite nicht innerhalb einer Sekunde geliefert
   *[other] { $host } hat die Seite nicht innerhalb von { $seconds } Sekunden geliefert
}
source-redirects = { $host } hat mehr als { $most } Mal weitergeleitet
source-not-found = Die Seite gibt es bei { $host } nicht (HTTP { $status })
source-forbidden = { $host } verweigert den Zugriff auf die Seite (HTTP { $status })
source-rate-limited = { $host } bittet um weniger Anfragen (HTTP 429)
source-server = { $host } hat selbst eine Störung (HTTP { $status })
source-status = { $host } hat mit HTTP { $status } geantwortet
source-disallowed = { $url } ist nach der robots.txt des Servers nicht für Programme bestimmt
source-feed = Das ist weder ein Feed (RSS, Atom, JSON Feed) noch eine Liste von Feeds (OPML)
source-transfer = Die Seite von { $host } ist nicht vollständig angekommen

foreign-pdf = ein PDF-Dokument
foreign-image = ein Bild ({ $kind })
foreign-audio = eine Tondatei ({ $kind })
foreign-video = ein Video ({ $kind })
foreign-other = eine Datei vom Typ { $kind }
foreign-binary = eine Binärdatei

clipboard-not-built-in = Diese Fassung des Programms kann die Zwischenablage nicht lesen
clipboard-unavailable = Die Zwischenablage ist nicht erreichbar ({ $reason })
clipboard-empty = In der Zwischenablage ist kein Text

extract-no-article = Auf der Seite wurde kein Artikel gefunden
extract-paywall = Auf der Seite steht nur der Anfang des Artikels ({ $shown } Zeichen); der Rest ist für Abonnenten
extract-consent-wall = Die Seite fragt nur nach der Zustimmung zu Cookies
extract-error-page = Die Seite ist eine Fehlerseite: Der Artikel ist umgezogen oder gelöscht
extract-index = Die Seite ist eine Liste von Artikeln, kein Artikel
extract-video = Die Seite zeigt ein Video und keinen Text
extract-javascript = Die Seite zeigt ihren Text nur mit JavaScript
extract-empty = Die Seite ist leer

synthesis-no-such-voice = Es gibt keine Stimme namens „{ $id }“
synthesis-not-installed = Die Stimme „{ $id }“ ist nicht installiert
synthesis-language = Der Text ist in der Sprache „{ $text }“, die Stimme „{ $voice }“ liest „{ $speaks }“
synthesis-live-only = Die Stimme „{ $id }“ kann nur laut vorlesen, nicht in eine Datei
synthesis-pico = Die eingebaute Stimme ließ sich nicht laden
synthesis-no-engine = Es wurde keine Stimme geöffnet
synthesis-mixed-rates = Die Stimmen haben verschiedene Abtastraten ({ $one } Hz und { $other } Hz)
synthesis-worker-died = Die Stimme ist beim { $number }. Sprechabschnitt ausgefallen

piper-read = Die Datei { $path } lässt sich nicht lesen
piper-folder = In { $path } ist nicht genau eine Stimme (NAME.onnx mit NAME.onnx.json), sondern { $count }
piper-config = Die Konfiguration { $path } der Stimme ist fehlerhaft
piper-model = Das Modell { $path } der Stimme lässt sich nicht benutzen
piper-one-speaker = Die Konfiguration der Stimme nennt { $count } Sprecher, ihr Modell hat einen
piper-no-such-speaker = Die Stimme hat keinen Sprecher „{ $name }“, sondern { $known }
piper-endless = Das Modell der Stimme gibt Ton ohne Ende aus

espeak-missing = Diese Stimme braucht eSpeak NG, und das ist nicht installiert
espeak-foreign = Die Bibliothek { $library } ist nicht eSpeak NG
espeak-data = eSpeak NG findet seine Daten nicht
espeak-voice = eSpeak NG hat keine Stimme „{ $voice }“

runtime-missing = ONNX Runtime lässt sich nicht laden
runtime-load = Das Modell lässt sich nicht lesen
runtime-foreign = Das Modell ist keine Piper-Stimme: { $how }
runtime-run = Das Modell lässt sich nicht ausführen
runtime-died = Das Modell bringt zu Fall, was es ausführt ({ $how })
runtime-slow = Das Modell hat in { $seconds } Sekunden kein Wort gesagt
runtime-broken = Am Modell scheitert die Laufzeitumgebung: { $reason }

outline-read = Die Datei lässt sich nicht lesen
outline-foreign = Es ist keine ONNX-Datei
outline-cut-off = Die Datei ist abgeschnitten, oder eine Länge darin ist falsch
outline-too-many = Die Datei hat mehr Teile als irgendeine Stimme
outline-deep = Die Netze darin sind endlos ineinander verschachtelt
outline-tensor = Ein Tensor darin hat nicht so viele Zahlen, wie er angibt
outline-unusual = Die Datei enthält etwas, das keine Stimme braucht ({ $what })

mismatch-missing-input = Der Eingang „{ $input }“ fehlt
mismatch-foreign-input = Es verlangt einen Eingang „{ $input }“
mismatch-no-output = Es hat keinen Ausgang
mismatch-output = Was es ausgibt, ist kein Ton

voice-config-too-large = Die Datei ist zu groß
voice-config-json = Das ist keine Konfiguration einer Piper-Stimme
voice-config-rate = Eine Abtastrate von { $rate } Hz ist nicht möglich
voice-config-phoneme-type = Phoneme der Art „{ $kind }“ werden nicht unterstützt, nur `espeak` und `text`
voice-config-espeak-voice = „{ $voice }“ ist keine Stimme von eSpeak NG
voice-config-missing-phoneme = Das Phonem „{ $phoneme }“ hat keine Nummer
voice-config-phoneme-ids = Die Nummern des Phonems „{ $phoneme }“ sind unmöglich
voice-config-too-many = { $what ->
    [speakers] Es sind zu viele Sprecher
   *[other] Es sind zu viele Phoneme
}
voice-config-speakers = Die Sprecher passen nicht zu ihrer Anzahl, { $count }
voice-config-scale = { $name } kann nicht { $value } sein

store-no-directory = Es gibt kein Benutzerverzeichnis und damit keinen Platz für Stimmen
store-not-offered = Die Stimme „{ $id }“ lässt sich nicht installieren
store-not-installed = Die Stimme „{ $id }“ ist nicht installiert
store-busy = Die Stimme wird gerade an anderer Stelle installiert
store-address = „{ $given }“ ist keine Adresse, von der sich Stimmen holen lassen
store-fetch = { $file } ließ sich nicht holen
store-read = { $path } lässt sich nicht lesen
store-not-there = In { $place } ist kein { $file }
store-write = { $path } lässt sich nicht schreiben
store-size = { $file } hat { $bytes } Byte statt { $expected }
store-md5 = { $file } ist nicht die erwartete Datei: Die Prüfsumme (MD5) stimmt nicht

system-service = Der Sprachdienst des Betriebssystems
system-not-built-in = Diese Fassung des Programms kann die Stimmen des Betriebssystems nicht benutzen
system-unavailable = { $service } antwortet nicht ({ $reason })
system-timed-out = { $service } antwortet nicht mehr
system-no-such-voice = { $service } hat keine Stimme namens „{ $name }“
system-no-voice-for-language = { $service } hat keine Stimme für die Sprache „{ $language }“
system-failed = { $service } meldet einen Fehler ({ $reason })

load-temporary-file = Die Daten der Stimme ließen sich nicht in eine temporäre Datei schreiben
load-temporary-path = Der Pfad des temporären Verzeichnisses ist zu lang oder kein UTF-8

output-create = In { $path } lässt sich nicht schreiben
output-is-directory = { $path } ist ein Verzeichnis, keine Datei
output-disk-full = Der Datenträger ist voll; { $path } wurde nicht geschrieben
output-write = { $path } ließ sich nicht schreiben
output-broken-pipe = Niemand nimmt den Ton mehr entgegen
output-rate-mismatch = Die Datei hat { $file } Hz, der Ton hat { $sound } Hz
output-silent = Die Stimme konnte kein Wort davon sprechen
output-lost = { $places ->
    [one] Die Aufnahme ist nicht vollständig
   *[other] Die Aufnahme ist an { $places } Stellen nicht vollständig
}
output-stopped = Vor dem Ende angehalten

playback-not-built-in = Diese Fassung des Programms kann keinen Ton ausgeben
playback-no-device = Es gibt kein Tonausgabegerät ({ $reason })
playback-device-lost = Das Tonausgabegerät ist ausgefallen ({ $reason })

lost-unscripted = Das steht im Artikel und wird nicht gesprochen: „{ $text }“
lost-silent = Satz { $number } hat keinen Ton: „{ $text }“
lost-implausible = Satz { $number } wurde in { $seconds } s gesprochen, das kann nicht sein: „{ $text }“
lost-out-of-order = Satz { $number } liegt nicht an seinem Platz, sondern bei { $start } s: „{ $text }“
lost-count = { $utterances } Abschnitte waren zu sprechen, gesprochen wurden { $spoken }
lost-length = Die Aufnahme dauert { $audio } s, nach den Zeitangaben müssten es { $timing } s sein

warning-skipped = Ausgelassen, weil die Stimme es nicht sprechen kann ({ $reason }): „{ $text }“
warning-unknown = Die Stimme kennt die Laute „{ $sounds }“ nicht und lässt sie weg
warning-silent = Die Stimme bleibt bei diesem Text stumm: „{ $text }“

lexicon-read = Das Wörterbuch { $path } ließ sich nicht lesen
lexicon-too-large = Das Wörterbuch { $path } ist größer als { $most } MiB
lexicon-write = Das Wörterbuch { $path } ließ sich nicht schreiben
lexicon-toml = Zeile { $line } des Wörterbuchs ist kein TOML
lexicon-unknown-key = Zeile { $line } des Wörterbuchs: „{ $key }“ ist unbekannt; Einträge stehen unter [words]
lexicon-entry = Zeile { $line } des Wörterbuchs, Eintrag „{ $word }“
lexicon-xml = Zeile { $line } des Lexikons ist kein wohlgeformtes XML
lexicon-pls = Zeile { $line } des Lexikons: { $fault }

entry-empty-word = Das Wort ist leer
entry-empty-spoken = Es ist nichts angegeben, was sich sprechen ließe
entry-too-long = Es ist zu lang
entry-unspeakable = Steuerzeichen, „<“ und „>“ lassen sich nicht sprechen
entry-form = Erwartet wird "so sprechen" oder {"{"} say = "so sprechen" {"}"}
entry-unknown-field = Angegeben werden können nur say, ignore_case und ipa
entry-too-many = Es sind mehr als { $most } Einträge

pls-not-pls = Erwartet wird ein <lexicon> nach PLS 1.0
pls-document-type = Eine Dokumenttyp-Deklaration ist nicht erlaubt
pls-entity = Unbekannte Entität
pls-too-many = Es sind mehr als { $most } Einträge oder mehr als { $size } MiB
pls-unclosed = Der Text endet mitten in einem Element

hint-output-create = Eine Datei in einem vorhandenen, beschreibbaren Verzeichnis angeben
hint-output-is-directory = Eine Datei angeben, zum Beispiel `artikel.wav`
hint-output-disk-full = Platz schaffen oder auf einen anderen Datenträger schreiben
hint-output-silent = Vielleicht ist der Text in einer Sprache, die die Stimme nicht spricht
hint-output-lost = `--force` schreibt die Datei trotzdem; `vorleser script` zeigt, was gesprochen wird
hint-playback-not-built-in = Mit `vorleser render … -o artikel.wav` eine Datei schreiben, oder das Programm mit `--features playback` bauen
hint-playback-device = Lautsprecher oder Kopfhörer anschließen und prüfen, ob der Tondienst läuft; oder mit `vorleser render … -o artikel.wav` eine Datei schreiben
hint-synthesis-language = Eine Stimme dieser Sprache nehmen, zum lauten Vorlesen etwa `--voice system`; `--lang de` liest den Text als Deutsch
hint-synthesis-live-only = Mit einer eingebauten Stimme schreiben, zum Beispiel `pico-de`
hint-synthesis-pico = TMPDIR auf ein beschreibbares Verzeichnis mit 2 MB freiem Platz setzen
hint-system-not-built-in = Die eingebaute Stimme `pico-de` nehmen, oder das Programm mit `--features system-voice` bauen
hint-system-unavailable = Den Sprachdienst mit einer Stimme installieren (`apt-get install speech-dispatcher espeak-ng`) und mit `spd-say hallo` prüfen, ob er zu hören ist; oder die eingebaute Stimme `pico-de` nehmen
hint-system-no-such-voice = `vorleser voices` nennt die Stimmen
hint-system-no-voice-for-language = `apt-get install espeak-ng` bringt Stimmen für viele Sprachen
hint-store-not-offered = `vorleser voices` nennt die Stimmen, zu denen es Dateien gibt; eine eigene Stimme ist ein Ordner, und `--voice ORDNER` spricht damit
hint-store-not-installed = `vorleser voices` nennt die installierten Stimmen
hint-store-busy = Warten, bis das beendet ist, und noch einmal versuchen
hint-store-address = Eine Adresse beginnt mit https:// oder http://
hint-store-again = `vorleser voices install` holt sie noch einmal
hint-store-not-there = `--from` nimmt einen Ordner mit den Dateien der Stimme (NAME.onnx, NAME.onnx.json, MODEL_CARD), eine dieser Dateien oder ein .tar.gz-Archiv davon
hint-piper-folder = Eine Stimme ist ein Ordner mit zwei Dateien, NAME.onnx und NAME.onnx.json
hint-piper-runtime = ONNX Runtime installieren und die Bibliothek in ORT_DYLIB_PATH angeben, oder `--runtime ort` weglassen
hint-piper-again = Die Stimme noch einmal holen; NAME.onnx und NAME.onnx.json müssen aus derselben Quelle stammen
hint-piper-newer-espeak = Ein neueres eSpeak NG installieren
hint-piper-espeak = eSpeak NG installieren: `apt install libespeak-ng1` (Debian, Ubuntu), `dnf install espeak-ng` (Fedora), `brew install espeak-ng` (macOS) oder das Installationsprogramm (Windows)

playback-no-such-device = Ein Tongerät namens „{ $name }“ gibt es nicht
playback-no-such-device-near = Ein Tongerät namens „{ $name }“ gibt es nicht, wohl aber { $near }
playback-ambiguous-device = Mehrere Tongeräte heißen „{ $name }“: { $same }
hint-playback-ambiguous-device = Einen dieser Namen genau so angeben
hint-playback-no-such-device = `vorleser devices` nennt die Namen
podcast-not-one = { $path } ist kein Podcast-Ordner
podcast-occupied = { $path } ist schon da, aber keine podcast.toml daneben
podcast-lock = { $path } lässt sich nicht sperren
podcast-remove = { $path } lässt sich nicht entfernen
podcast-episode = { $path } ist nicht mehr so, wie es geschrieben wurde
podcast-settings = { $path } ist fehlerhaft
podcast-no-such-episode = Eine Folge „{ $name }“ gibt es nicht
podcast-feed = Der Feed lässt sich nicht schreiben
hint-podcast-not-one = `vorleser podcast ORDNER add EINGABE` legt einen an
hint-podcast-occupied = Dem Podcast einen eigenen Ordner geben
hint-podcast-no-such-episode = `vorleser podcast ORDNER list` nennt die vorhandenen Folgen
hint-podcast-episode = Den Artikel noch einmal aufnehmen oder die Datei entfernen
hint-podcast-settings = Diese Zeile berichtigen
cover-format = Ein Titelbild muss ein JPEG oder PNG sein
cover-bytes = Das Bild hat mehr als { $most } MiB
cover-show = Das Bild hat { $width } × { $height } Bildpunkte; das eines Podcasts muss quadratisch sein, mit { $least } bis { $most } auf jeder Seite
cover-pixels = Das Bild hat { $width } × { $height } Bildpunkte statt { $least } bis { $most } auf jeder Seite
podcast-read = { $path } lässt sich nicht lesen
