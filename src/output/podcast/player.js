"use strict";
// The player that reads along. Without it the page is the text with the browser's own player.
(() => {
  const audio = document.querySelector("audio");
  const text = document.getElementById("text");
  const sentences = Array.from(text.querySelectorAll("a[data-start]"));
  const starts = sentences.map((sentence) => Number(sentence.dataset.start));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let marked = -1;

  // The last sentence that has begun; players seek to a little before what they are told.
  const at = (time) => starts.findLastIndex((start) => start <= time + 0.02);

  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const player = document.querySelector(".player");
  const isClear = (element) => {
    const box = element.getBoundingClientRect();
    return box.top > player.getBoundingClientRect().bottom && box.bottom < innerHeight - 60;
  };

  // One sentence alone can be reached with the tabulator; the arrow keys lead to the others.
  const reach = (index) => {
    for (const sentence of sentences) sentence.tabIndex = -1;
    sentences[index].tabIndex = 0;
  };

  // Who has scrolled away from the mark is reading something else, and is left there unless he asked for the jump.
  const mark = (index, asked = false) => {
    if (index === marked && !asked) return;
    const before = sentences[marked];
    const now = sentences[index];
    marked = index;
    before?.removeAttribute("aria-current");
    if (!now) return;
    now.setAttribute("aria-current", "true");
    if (!text.contains(document.activeElement)) reach(index);
    if ((asked || !before || inView(before)) && !isClear(now)) {
      now.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    }
  };

  const follow = () => {
    if (audio.paused || audio.ended) return;
    mark(at(audio.currentTime));
    requestAnimationFrame(follow);
  };

  const jump = (index) => {
    audio.currentTime = starts[index];
    mark(index, true);
    audio.play().catch(() => {});
  };

  audio.addEventListener("play", follow);
  // Animation frames do not come while the page is hidden.
  audio.addEventListener("timeupdate", () => {
    if (!audio.paused && !audio.ended) mark(at(audio.currentTime));
  });
  audio.addEventListener("seeked", () => mark(at(audio.currentTime)));
  audio.addEventListener("ended", () => mark(-1));

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#s"]');
    const index = link ? sentences.findIndex((sentence) => sentence.hash === link.hash) : -1;
    if (index < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    reach(index);
    jump(index);
  });

  text.addEventListener("keydown", (event) => {
    const index = sentences.indexOf(event.target);
    const last = sentences.length - 1;
    const to = {
      ArrowDown: index + 1, ArrowRight: index + 1, ArrowUp: index - 1, ArrowLeft: index - 1, Home: 0, End: last,
    }[event.key];
    if (index < 0 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), last);
    reach(next);
    sentences[next].focus();
  });

  document.getElementById("back").addEventListener("click", () => {
    const now = Math.max(at(audio.currentTime), 0);
    // Who is well into a sentence wants to hear it again.
    jump(audio.currentTime - starts[now] > 1.5 ? now : Math.max(now - 1, 0));
  });
  document.getElementById("forward").addEventListener("click", () => {
    jump(Math.min(at(audio.currentTime) + 1, sentences.length - 1));
  });
  document.getElementById("speed").addEventListener("change", (event) => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(event.target.value);
  });

  if (sentences.length > 0) {
    reach(0);
    for (const control of document.querySelectorAll("[hidden]")) control.hidden = false;
  }
})();
