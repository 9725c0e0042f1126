# What the program says. Every key is in de.ftl too; `{ $name }` is an argument of `t!`.

# How errors are told
error = error: { $what }
caused-by = caused by: { $what }
hint = hint: { $what }
warning = warning: { $what }

# Lengths of time
duration-seconds = { $s } s
duration-minutes = { $m } min { $s } s
duration-hours = { $h } h { $m } min

# What is counted
blocks = { $n ->
    [one] { $n } block
   *[other] { $n } blocks
}
utterances = { $n ->
    [one] { $n } utterance
   *[other] { $n } utterances
}
articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
sentences = { $n ->
    [one] { $n } sentence
   *[other] { $n } sentences
}
words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}

# Complaints about the command line
usage-line = Usage: { $usage }
usage-unknown-command = there is no command '{ $command }'
usage-missing-command = a command is missing
usage-unknown-option = there is no option '{ $option }' here
usage-too-many = '{ $value }' is one too many
usage-missing = missing: { $arguments }
usage-twice = '{ $argument }' can be given only once
usage-conflict = '{ $argument }' and '{ $other }' cannot be given together
usage-no-value = '{ $argument }' needs a value
usage-bad-value = '{ $argument }' cannot be '{ $value }'
usage-bad-value-because = '{ $argument }' cannot be '{ $value }': { $reason }
usage-no-text = an argument is not valid UTF-8
usage-did-you-mean = did you mean { $meant }?
usage-possible = it can be: { $values }
usage-help = `vorleser --help` shows what can be asked for
not-between = not a number from { $low } to { $high }
not-a-language = not a language, such as de, de-AT or en
not-an-address = not a web address, such as https://example.org/artikel
not-a-day = not a day, such as 2025-05-25
not-a-loudness = not a number from -40 to -10, nor off

# Settings
config-read = the settings file { $path } cannot be read
config-toml = the settings file { $path } is wrong
config-unknown-key = line { $line } of the settings file { $path }: there is no setting "{ $key }"
config-value = line { $line } of the settings file { $path }: { $key } cannot be { $value } ({ $reason })
config-switch = it has to be true or false
config-text-or-number = it has to be text or a number
config-one-of = it has to be one of { $values }
config-not-there = (not there)
config-from-flag = flag
config-from-file = file
config-from-default = default
hint-config = `vorleser config --help` lists the settings and their values

# Reading and speaking
detail = [{ $ms } ms] { $what }
read-page = read { $place }: { $kind }, { $bytes } bytes
kind-text = text
found-article = found an article of { $blocks }, { $dropped } left out
read-further = read { $address }
did-not-read = did not read { $address }
language-found = language { $language }: { $utterances }
opened-voice = opened the voice { $voice }
said-all = said all of it
reading = Reading: { $title }
could-not-say = the voice could not say: { $text }
stopped = stopped
nothing-to-say = the article holds nothing that could be said
hint-nothing-to-say = `vorleser text` shows the article that was found

# The reading list and the clipboard
queue-added = Added as number { $number }: { $title }
queue-empty = The reading list is empty.
queue-line = { $number }. { $title }
queue-line-heard = { $number }. { $title } (heard)
queue-all-heard = There is nothing in the reading list that was not heard.
queue-playing = another run is reading the list already
queue-no-number = there is no number { $number }; the reading list has { $count }
queue-removed = Removed: { $title }
queue-cleared = Removed { $articles }.
queue-no-home = there is no home directory, and so no place for a reading list
queue-damaged = the reading list { $path } is damaged
queue-not-written = the reading list in { $path } cannot be written
clip-address = Reading the address { $address }
hint-clipboard = copy within the same desktop session; or send the text through a pipe: `wl-paste | vorleser -`, `xclip -o | vorleser -`
hint-clipboard-empty = copy a text or a web address first

# Files
wrote-sound = wrote the sound
wrote = Wrote { $file }: { $length } of speech in { $utterances }.
loudness-short = the loudness is { $lufs } LUFS; more would distort
no-format = there is no format .{ $ending }; name a file in one of { $endings }, or give --format-out
subtitles-need-file = --subtitles needs a file to stand beside
terminal-no-sound = a terminal cannot show sound; name a file or send it through a pipe
wrote-many = Wrote { $articles } to { $place } ({ $length } of speech)
many-present = { $n } there already (--force writes anew)
many-failed = { $n } failed
failed-line = { "  " }failed: { $article }: { $error }
some-failed = { $failed } of { $all } failed
article-is-in = { $article } is in { $file }
there-already = { $file } is there already
several-need-folder = several articles need a folder, or --join
json-or-sound = --json and the sound cannot both go to standard output
the-feed = the feed { $feed }
entry-of = an entry of { $feed }
entry-without-address = the feed gives no web address for it
list-line = line { $line } of the list is no web address
fault = a fault of this program; please report it
cannot-read = { $file } cannot be read
timing-too-large = { $file } is too large for a file of times
not-timing = { $file } is not what `vorleser render --timing` writes
not-wav = { $file } cannot be read as a WAV
all-there = All there: { $sentences }.
man-not-written = cannot write manual pages to { $dir }
needs-lines = `vorleser normalise` needs --lines
voice-removed = Removed { $id }.
voice-files-right = { $id }: all files are right.
no-voice-installed = No voice is installed.
installed-voice = Installed { $id }: `--voice { $name }` speaks with it.
fetched-so-far = { $file }: { $done } of { $total } MB
file-must-end = the file must end in one of { $endings }
voice-said = { $id } said: { $text }
voice-id = id: { $id }
voice-aliases = also called: { $names }
voice-name = name: { $name }
voice-language = language: { $language }
voice-quality = quality: { $quality }
voice-licence = licence: { $licence }
voice-rate = sample rate: { $rate } Hz
voice-description = description: { $text }
voice-size = size: { $size } MB
voice-source = source: { $source }
voice-installed = installed: yes
voice-not-installed = installed: no
voice-folder = folder: { $path }
voice-speakers = speakers: { $names }
voice-word-german = German
voice-word-english = English
voice-word-moods = in eight moods
voice-word-system = Voices of the operating system
voice-word-any = any
voice-word-depends = depends on the system
voice-word-clear = clear
voice-word-synthetic = synthetic
voice-word-natural = natural
voice-word-fast = fast
voice-word-muffled = a little muffled
voice-word-high = high
voice-word-medium = medium
voice-word-low = low
voice-word-slower = three times slower
voice-word-no-speech = no speech
voices-json-alone = --json goes with the list of voices only
voice-about-de-de-eva-k-x-low = A woman, read from audio books of the M-AILABS corpus. The smallest of the natural voices.
voice-about-de-de-karlsson-low = A man, read from audio books of the M-AILABS corpus.
voice-about-de-de-kerstin-low = A woman, recorded for this purpose.
voice-about-de-de-pavoque-low = A trained speaker, a man. Not for commercial use.
voice-about-de-de-ramona-low = A woman, read from audio books of the M-AILABS corpus.
voice-about-de-de-thorsten-high = The well-known free German voice, at its best. A man.
voice-about-de-de-thorsten-low = The well-known free German voice, at 16 kHz. A man.
voice-about-de-de-thorsten-medium = The well-known free German voice: the one to begin with. A man.
voice-about-de-de-thorsten-emotional-medium = The same man amused, angry, disgusted, drunk, neutral, sleepy, surprised or whispering: `--voice thorsten-emotional:whisper`.
voice-about-en-us-joe-medium = A man, American. For articles in English.
voice-about-pico-de = Built in, starts at once, works without network. A woman's voice of 2009.
voice-about-system = Speaks aloud only: Speech Dispatcher on Linux, the system's own voices on macOS and Windows. `system:NAME` takes one by name.
voice-line = { $id }: { $name }, language { $language }, engine { $engine }, quality { $quality }, licence { $licence }, { $installed ->
    [yes] installed
   *[no] not installed
}

# text --explain
explain-head = { $part }: { $facts }
explain-title = title
explain-lead = lead
explain-shown = on the page at { $origin }
explain-not-shown = not shown on the page
explain-none = none found
explain-named = called so in the markup
explain-title-element = the title element
explain-agree = the same in { $sources }
explain-begin = begins as { $sources }
explain-alone = no other source agrees
explain-lost = left out, because outvoted: { $source } says "{ $text }"
explain-read = read ({ $kind }): { $text }
explain-heading = heading { $level }
explain-paragraph = paragraph
explain-list-item = item of a list
explain-quote = quotation
explain-question = question
explain-answer = answer
explain-ticker-entry = ticker entry
explain-table-row = table row
explain-post = post
explain-caption = caption
explain-note = note
explain-dropped = left out ({ $reason }, { $score }) at { $origin }: { $text }
left-out-ad = advertisement
left-out-comments = readers' comments
left-out-offer = newsletter or app offer
left-out-consent = consent text
left-out-paywall = subscription offer
left-out-related = link to other articles
left-out-share = share bar or tool
left-out-caption = caption or credit
left-out-player = audio or video player
left-out-author-box = author line or box
left-out-navigation = navigation
left-out-keywords = keywords
left-out-date = date, author or reading time
left-out-poll = poll, quiz or rating
left-out-footnotes = footnote
left-out-widget = control of the page
left-out-no-text = no text
left-out-embed = embedded page
left-out-noscript = only for browsers without JavaScript
left-out-form = form
left-out-beside = box beside the article
left-out-footer = footer
left-out-folded = folded box
left-out-hidden = hidden on the page
left-out-machine = summary by a machine
left-out-quote-source = source of a pull quote
left-out-pull-quote = pull quote that repeats the text
left-out-said-before = said before
left-out-label = label
left-out-under-label = links
left-out-empty-heading = heading or label with nothing under it
left-out-title = the title again
left-out-outvoted = headline that was outvoted
left-out-another = another article
left-out-info-box = info box
left-out-table = table too large to be followed by ear
left-out-mail = head or signature of the text
left-out-frame = beside the article

# The dictionary
no-home = there is no home directory, and so no place for a dictionary
dictionary-unusable = your dictionary { $path } cannot be used
dictionary-cannot-add = "{ $word }" cannot be added: { $fault }
dictionary-said-as = { $word } is said as { $spoken }
dictionary-said-as-before = { $word } is said as { $spoken } (before: { $before })
dictionary-not-in = "{ $word }" is not in the dictionary { $path }
dictionary-removed = Removed { $word }.
dictionary-opened = opened the dictionary { $path }: { $words }
dictionary-any-case = (in any case)
dictionary-cannot-import = { $file } cannot be imported
dictionary-left-out = left out "{ $word }": { $fault }
dictionary-imported = Imported { $words }.
dictionary-only-ipa = Kept { $words } with a pronunciation in IPA only, which natural voices use.
hint-dictionary-mend = mend that line; `--no-lexicon` reads without the dictionary
hint-dictionary-import = a W3C pronunciation lexicon (PLS 1.0) or a dictionary of this program can be imported

# The doctor: each line stands alone
doctor-fine = fine: { $what }
doctor-note = note: { $what }
doctor-broken = broken: { $what }
doctor-mend = to mend it: { $how }
doctor-all-fine = All is fine.
doctor-only-notes = { $n ->
    [one] Nothing is broken; one note.
   *[other] Nothing is broken; { $n } notes.
}
doctor-some-broken = { $n ->
    [one] One thing is broken.
   *[other] { $n } things are broken.
}
doctor-install = install the packages { $packages }, or what they are called on this system
doctor-version = version: vorleser { $version } for { $system }, built with { $features }
doctor-sound-fine = sound: the sound device opens
doctor-sound-none = sound: { $reason }; nothing can be heard, but files can be written
doctor-sound-hangs = sound: the sound device does not answer
doctor-sound-not-built-in = sound: this program was built without sound output; files can be written
doctor-pulse-server = PULSE_SERVER is set to { $server }; start the sound server there, or `unset PULSE_SERVER`
doctor-voice-fine = voices: the built-in voice { $voice } is ready; { $n } in all, see `vorleser voices`
doctor-voice-broken = voices: the built-in voice { $voice } does not work: { $reason }
doctor-natural-fine = natural voices: installed and whole: { $names }
doctor-natural-broken = natural voices: { $voice } is damaged: { $reason }
doctor-natural-none = natural voices: none is installed; the built-in voice works without
doctor-espeak-fine = eSpeak NG: the library that natural voices need is there and knows German
doctor-espeak-broken = eSpeak NG: natural voices cannot speak: { $reason }
doctor-encryption-fine = encryption: the certificates for https are there
doctor-encryption-broken = encryption: { $reason }; addresses that begin with https cannot be read
doctor-clipboard-fine = clipboard: it answers; `vorleser clip` reads it
doctor-clipboard-none = clipboard: { $reason }; `vorleser clip` has nothing to read
doctor-clipboard-hangs = clipboard: it does not answer; `vorleser clip` has nothing to read
doctor-clipboard-mend = call the program in a terminal of the desktop, where DISPLAY or WAYLAND_DISPLAY is set, or give the text to `vorleser -`
doctor-bus-fine = media keys: the session bus answers; media keys and the desktop's controls work
doctor-bus-none = media keys: there is no session bus; the keys of the terminal work without
doctor-bus-mend = call the program in a terminal of the desktop, or with `dbus-run-session vorleser`
doctor-speech-fine = system speech: it answers and has { $n ->
    [one] one German voice
   *[other] { $n } German voices
}
doctor-speech-no-german = system speech: it answers, but has no German voice; the built-in voice works without
doctor-speech-none = system speech: { $reason }; the built-in voice works without
doctor-speech-not-built-in = system speech: this program was built without it; the built-in voice works
doctor-network-fine = network: { $host } can be reached
doctor-network-dns = network: { $host } is not found; articles from the web cannot be read, files can
doctor-network-refused = network: no connection to { $host } ({ $reason }); articles from the web cannot be read, files can
doctor-network-mend = connect this computer to the internet, and try again
doctor-network-proxy = check the address of the proxy in https_proxy
doctor-directory-temporary = temporary files
doctor-directory-config = settings
doctor-directory-data = data
doctor-directory-cache = cache
doctor-directory-state = places and reading list
doctor-directory-fine = directory for { $name }: { $path } can be written
doctor-directory-broken = directory for { $name }: { $path } cannot be written ({ $reason })
doctor-settings-fine = settings: { $path } is right
doctor-settings-none = settings: there is no settings file; the defaults are in force
doctor-dictionary-fine = dictionary: it is right and has { $words }
doctor-locale-fine = locale: { $locale }; umlauts are shown
doctor-locale-not-utf8 = locale: "{ $locale }" is not UTF-8; umlauts may be shown or heard wrongly
doctor-terminal = terminal: there is one
doctor-terminal-none = terminal: the output goes into a file or a pipe
doctor-terminal-accessible = terminal: plain lines for a screen reader, as ACCESSIBLE asks

# What to do about an article that cannot be had
hint-paywall = log in to the page in a browser, save it there, and give the file; `--force` reads the beginning
hint-consent = open the page in a browser, agree or decline, save it there, and give the file
hint-error-page = check the address; the article may have moved
hint-index = give the address of one of the articles
hint-right-page = check that this is the page you mean
hint-save = open the page in a browser, save it there, and give the file
hint-save-or-copy = open the page in a browser, save it there, and give the file; or copy the text and pipe it in with `-`
hint-log-in = open the page in a browser where you are logged in, save it, and give the file
hint-voices = `vorleser voices` lists the voices that are there
hint-nothing-to-resume = `vorleser INPUT` begins one; its place is remembered
hint-install = `vorleser voices install { $id }` gets it
hint-web-page = for the web page say { $address }
hint-command = did you mean the command `{ $command }`?
hint-spelling = check the spelling; web addresses begin with https://
hint-scheme = addresses have to begin with http:// or https://
hint-address = an address looks like https://example.org/artikel
hint-directory = name a file in it
hint-too-large = articles are far smaller; cut the article out and give that
hint-accepted = a web page (HTML), a text file (.txt, .md), or text on standard input can be read
hint-certificates = check the date of this computer and its root certificates (Debian: ca-certificates)
hint-dns = check the spelling of the address and the network connection
hint-disallowed = lists and feeds keep to it; give the address itself as INPUT to read the page all the same
hint-feed = give the address of an RSS, Atom or JSON feed, or an OPML file; a page is given as INPUT
hint-later = try again later
hint-network = check the network connection and try again

# Cache and progress
cache-no-place = there is no home directory, and so no place for a cache
cache-unreadable = the cache { $folder } cannot be read
cache-uncleared = the cache { $folder } cannot be cleared
cache-cleared = Removed { $size } from { $folder }.
cache-size = { $sentences }, { $mib } MiB
cache-trouble = warning: spoken sentences cannot be kept: { $trouble }
progress-writing = writing
progress-left = { $left } left, { $speed }×

# Listening
anew-flag = --from-start begins anew
anew-key = the key 0 begins anew
device-gone = Paused: the sound device is gone ({ $reason }). Space goes on when it is back.
fallback-goes-on = warning: { $error }; the built-in voice goes on
fallback-reads = warning: { $error }; the built-in voice reads
fastest = This is the highest speed.
filling = This voice is slower than it is heard; some of it is made first.
going-on = Going on.
going-on-at = Going on at sentence { $number } of { $count }; { $anew }.
here = sentence { $number } of { $count }
no-word-yet = No word was heard yet.
nothing-after = There is nothing after this.
nothing-before = There is nothing before this.
nothing-to-resume = there is no article to go on with
now-at = Now { $here }.
paused-at = Paused at { $here }.
place-not-kept = warning: the place is not remembered ({ $error })
slowest = This is the lowest speed.
speech-gone = the thread that speaks is gone
speed = Speed { $rate }.
spelling = Spelling: { $word }
stopped-at = Stopped at sentence { $number } of { $count }; `vorleser resume` goes on.
key-space = space
key-space-does = pause, go on
key-sides = left, right
key-sides-does = sentence back, forward
key-up-down = up, down
key-up-down-does = paragraph back, forward
key-heading-does = previous, next heading
key-speed-does = faster, slower
key-zero-does = from the beginning
key-repeat-does = repeat the sentence
key-spell-does = spell the last word
key-help-does = these keys
key-quit-does = quit; the place is remembered
key-control = Ctrl-C, Ctrl-Z
key-control-does = stop, suspend
view-keys = space pause   left/right sentence   up/down paragraph   ? help   q quit
view-paused = PAUSED
view-reading = Reading
view-nearly-over = less than a minute left
view-left = about { $minutes } minutes left
view-position = { $state }   sentence { $number } of { $count }   { $left }   speed { $rate }

# Podcast, sound devices, cover
podcast-added = Added { $title }: { $length } of speech.
podcast-anew = Spoke anew { $title }: { $length } of speech.
podcast-removed = Removed { $name }: { $title }.
podcast-where = The page is { $page }, the feed { $feed }.
podcast-no-feed = The page is { $page }. For a feed say where the folder is served: `vorleser podcast { $folder } update --base-url URL`.
no-devices = There is no sound device.
not-a-cover = { $file } cannot be a cover
podcast-cover = podcast directories will not take { $file }: { $reason }
no-bitrate = files of this format have no --bitrate; it counts for MP3 and Opus
not-a-bitrate = not a number from 6 to 256, nor auto
no-such-bitrate = this format cannot have that --bitrate
no-picture = no picture of the page: { $trouble }
device-default = {" "}(default)
