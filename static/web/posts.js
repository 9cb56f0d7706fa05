// The lists of posts: putting in what the server rendered, keeping days and groups in order.
"use strict";

window.chat = window.chat || {};

chat.posts = (() => {
  const CLOSE = 5 * 60 * 1000; // ms within which posts of one author stand together; as on the server
  const NEAR = 120; // pixels from the end that still count as reading the end

  const list = () => document.getElementById("posts");
  const scroller = () => document.getElementById("scroll");
  const all = (root) => [...root.querySelectorAll("li.post")];

  /** Asks for a part of a page; the answer, or null when the server cannot be reached. */
  async function ask(address, options = {}) {
    const headers = { "HX-Request": "true", "X-CSRFToken": chat.token(), ...options.headers };
    let response;
    try {
      response = await fetch(address, { credentials: "same-origin", ...options, headers });
    } catch {
      return null;
    }
    const target = response.headers.get("HX-Redirect");
    if (target) window.location.assign(target);
    return response;
  }

  function atEnd() {
    const box = scroller();
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  function toEnd() {
    const box = scroller();
    if (box) box.scrollTop = box.scrollHeight;
  }

  const two = (number) => String(number).padStart(2, "0");

  /** Times in the browser's time zone, the person's own reactions. */
  function localise(post) {
    const time = post.querySelector("time");
    const at = new Date(Number(post.dataset.at));
    post.dataset.day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    if (time) time.textContent = `${two(at.getHours())}:${two(at.getMinutes())}`;
    for (const reaction of post.querySelectorAll(".reactions button")) {
      reaction.classList.toggle("mine", reaction.dataset.users.split(" ").includes(chat.app().me));
    }
  }

  function dayLine(at) {
    const part = (options) => at.toLocaleDateString("en-GB", options);
    const line = document.createElement("li");
    line.className = "day";
    const text = document.createElement("span");
    text.textContent = `${part({ weekday: "long" })}, ${part({ day: "numeric", month: "long", year: "numeric" })}`;
    line.append(text);
    return line;
  }

  function goTogether(last, post) {
    const same = ["author", "name", "thread", "day"].every((key) => last.dataset[key] === post.dataset[key]);
    const plain = !last.classList.contains("system") && !post.classList.contains("system");
    const kind = ("bot" in last.dataset) === ("bot" in post.dataset);
    return same && plain && kind && Number(post.dataset.at) - Number(last.dataset.at) < CLOSE;
  }

  /** Days and groups anew, after posts came or went. */
  function arrange(root) {
    for (const line of root.querySelectorAll("li.day")) line.remove();
    let last = null;
    for (const post of all(root)) {
      localise(post);
      const isNew = post.previousElementSibling?.classList.contains("new");
      if (!last || last.dataset.day !== post.dataset.day) {
        (isNew ? post.previousElementSibling : post).before(dayLine(new Date(Number(post.dataset.at))));
      }
      post.classList.toggle("follows", Boolean(last) && !isNew && goTogether(last, post));
      last = post;
    }
  }

  function parse(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    return all(made.content);
  }

  function place(root, post) {
    const after = all(root).findLast((other) => Number(other.dataset.at) <= Number(post.dataset.at));
    if (after) after.after(post);
    else root.append(post);
    htmx.process(post);
  }

  /** Puts rendered posts into the channel: those that are here are replaced. Answers how many are new. */
  function insert(html) {
    const root = list();
    if (!root) return 0;
    const wasAtEnd = atEnd();
    const mine = chat.app().me;
    let count = 0;
    for (const post of parse(html)) {
      const old = document.getElementById(post.id);
      if (old) {
        old.replaceWith(post);
        htmx.process(post);
        continue;
      }
      place(root, post);
      count += 1;
      if (!document.hasFocus() && post.dataset.author !== mine && !document.getElementById("new")) {
        post.before(newLine());
      }
    }
    arrange(root);
    if (wasAtEnd) toEnd();
    return count;
  }

  function newLine() {
    const line = document.createElement("li");
    line.className = "new";
    line.id = "new";
    const text = document.createElement("span");
    text.textContent = "New messages";
    line.append(text);
    return line;
  }

  /** Reads one post again, after it was edited or reacted to. */
  async function refresh(id) {
    const post = document.getElementById(`post-${id}`);
    if (!post) return;
    const { home, team } = chat.app();
    const response = await ask(`${home}_/${team}/posts/${id}`);
    if (response?.ok) insert(await response.text());
    else if (response?.status === 404) remove(id);
  }

  /** Takes a post away, with the replies to it. */
  function remove(id) {
    for (const post of document.querySelectorAll(`[data-post="${id}"], li.post[data-thread="${id}"]`)) {
      const root = post.closest("ol");
      if (post.previousElementSibling?.classList.contains("new")) post.previousElementSibling.remove();
      post.remove();
      if (root) arrange(root);
    }
  }

  let running = null;
  let again = false;

  /** Reads what is newer than the last post shown. One request at a time. */
  function catchUp() {
    if (running) {
      again = true;
      return running;
    }
    running = read().finally(() => {
      running = null;
      if (again) {
        again = false;
        catchUp();
      }
    });
    return running;
  }

  async function read() {
    for (let more = true; more; ) {
      const root = list();
      if (!root) return;
      const last = all(root).at(-1);
      const response = await ask(`${root.dataset.list}${last ? `?after=${last.dataset.post}` : ""}`);
      if (!response?.ok || root !== list()) return;
      more = response.headers.get("X-More") === "true" && insert(await response.clone().text()) > 0;
      if (!more) insert(await response.text());
    }
  }

  return { all, arrange, ask, atEnd, catchUp, insert, list, refresh, remove, scroller, toEnd };
})();
