//! Chromium without a window, through the DevTools protocol (<https://chromedevtools.github.io/devtools-protocol/>).
//!
//! It is spoken over a pipe (`--remote-debugging-pipe`: file descriptors 3 and 4, messages of JSON ended by NUL), so that
//! neither a port nor a WebSocket client is needed.

use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long anything may take; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub struct Browser {
    process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    session: Option<String>,
    last: u64,
    /// What the page complained of.
    pub complaints: Vec<String>,
    _profile: TempDir,
}

impl Browser {
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a temporary directory");
        let flags = "--headless=new --no-sandbox --no-first-run --mute-audio --disable-gpu --hide-scrollbars \
                     --remote-debugging-pipe";
        let mut process = Command::new("sh")
            .arg("-c")
            .arg(format!(
                "exec chromium {flags} --user-data-dir=\"$0\" about:blank 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null"
            ))
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh");
        let mut browser = Self {
            commands: process.stdin.take().expect("its input"),
            answers: BufReader::new(process.stdout.take().expect("its output")),
            process,
            session: None,
            last: 0,
            complaints: Vec::new(),
            _profile: profile,
        };
        let page = browser.send("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": page["targetId"], "flatten": true});
        let session = browser.send("Target.attachToTarget", &attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Accessibility"] {
            browser.send(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Sends a command and gives its answer.
    pub fn send(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut command = json!({"id": self.last, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            command["sessionId"] = session.as_str().into();
        }
        write!(self.commands, "{command}\0").expect("the browser listens");
        loop {
            let mut message = Vec::new();
            self.answers.read_until(0, &mut message).expect("an answer");
            assert!(
                message.pop().is_some(),
                "the browser ended; is chromium installed?"
            );
            let message: Value = serde_json::from_slice(&message).expect("JSON");
            if message["id"] == self.last {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.hear(&message);
        }
    }

    fn hear(&mut self, event: &Value) {
        let parameters = &event["params"];
        let bad = match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => true,
            Some("Runtime.consoleAPICalled") => parameters["type"] != "log",
            Some("Log.entryAdded") => parameters["entry"]["level"] != "verbose",
            _ => false,
        };
        if bad {
            self.complaints.push(parameters.to_string());
        }
    }

    /// Opens an address and waits until all is there.
    pub fn open(&mut self, address: &str) {
        self.send("Page.navigate", &json!({"url": address}));
        let there = format!(
            "location.href === {} && document.readyState === 'complete'",
            json!(address)
        );
        self.wait(&there);
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let arguments =
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let result = self.send("Runtime.evaluate", &arguments);
        assert!(
            result["exceptionDetails"].is_null(),
            "{expression}: {result}"
        );
        result["result"]["value"].clone()
    }

    pub fn number(&mut self, expression: &str) -> f64 {
        let value = self.value(expression);
        value
            .as_f64()
            .unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    pub fn text(&mut self, expression: &str) -> String {
        let value = self.value(expression);
        value
            .as_str()
            .unwrap_or_else(|| panic!("{expression} is {value}"))
            .to_owned()
    }

    /// Waits until an expression is true.
    pub fn wait(&mut self, expression: &str) {
        let start = Instant::now();
        while self.value(expression) != true {
            assert!(start.elapsed() < PATIENCE, "never true: {expression}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks into an element, `right` pixels from its left edge.
    pub fn click(&mut self, selector: &str, right: f64) {
        let selector = json!(selector);
        self.value(&format!(
            "document.querySelector({selector}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
        ));
        // The first line of a sentence that runs over several.
        let place = self.value(&format!(
            "(() => {{ const b = document.querySelector({selector}).getClientRects()[0]; \
             return [b.left, b.top + b.height / 2]; }})()"
        ));
        let (x, y) = (
            place[0].as_f64().expect("x") + right,
            place[1].as_f64().expect("y"),
        );
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.send("Input.dispatchMouseEvent", &event);
        }
    }

    /// Presses a key such as `Tab`.
    pub fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "ArrowDown" => (40, ""),
            "ArrowUp" => (38, ""),
            "End" => (35, ""),
            _ => panic!("no code for {key}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            self.send("Input.dispatchKeyEvent", &event);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends when its pipe is closed, but not before its profile is to be removed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
