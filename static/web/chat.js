// What happens on the pages of channels: events, composer, thread, switcher, keys.
"use strict";

window.chat = window.chat || {};

(() => {
  const TYPING_EVERY = 5000; // ms between two notices that we write
  const TYPING_SHOWN = 6000;
  const SIDEBAR_EVENTS = new Set([
    "posted", "multiple_channels_viewed", "post_unread", "post_deleted", "channel_created", "channel_updated", "channel_deleted",
    "channel_restored", "channel_converted", "channel_member_updated", "user_added", "user_removed", "direct_added",
    "group_added", "preferences_changed", "preferences_deleted", "added_to_team",
  ]);
  const drafts = new Map();
  const writers = new Map();
  const names = new Map();
  const byId = (id) => document.getElementById(id);
  const { posts, socket } = chat;

  chat.app = () => byId("app").dataset;
  chat.token = () => JSON.parse(byId("app").getAttribute("hx-headers"))["X-CSRFToken"];

  function later(wait, work) {
    let timer = 0;
    return () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(work, wait);
    };
  }

  function toast(text) {
    const line = document.createElement("p");
    line.textContent = text;
    byId("toasts").append(line);
    window.setTimeout(() => line.remove(), 6000);
  }

  // --- unread ---------------------------------------------------------------

  const refreshSidebar = later(250, async () => {
    const { part, channel } = chat.app();
    const response = await posts.ask(`${part}?current=${channel}`);
    const place = byId("channels");
    if (!response?.ok || !place) return;
    place.innerHTML = await response.text();
    htmx.process(place);
    showCount();
  });

  /** The number of mentions, or a dot for anything new, before the page's title. */
  function showCount() {
    const channels = byId("channels");
    if (!channels) return;
    const counts = [...channels.querySelectorAll(".badge")].map((badge) => Number.parseInt(badge.textContent, 10));
    const mentions = counts.reduce((sum, count) => sum + count, 0);
    const mark = mentions ? `(${mentions}) ` : channels.querySelector(".unread") ? "• " : "";
    document.title = mark + document.title.replace(/^(\(\d+\)|•) /, "");
  }

  const isLooking = () => document.visibilityState === "visible" && document.hasFocus();
  let unseen = false;

  const tellViewed = later(300, async () => {
    const address = posts.list()?.dataset.viewed;
    if (!address || !isLooking()) return;
    unseen = false;
    await posts.ask(address, { method: "POST" });
    refreshSidebar();
  });

  function looked() {
    if (unseen && isLooking()) tellViewed();
  }

  // --- events ---------------------------------------------------------------

  chat.onEvent = (message) => {
    const { event, data, broadcast } = message;
    const { channel } = chat.app();
    if (event === "posted") posted(JSON.parse(data.post), channel);
    else if (event === "post_edited") changed(JSON.parse(data.post).id);
    else if (event === "post_deleted") deleted(JSON.parse(data.post));
    else if (event === "reaction_added" || event === "reaction_removed") changed(JSON.parse(data.reaction).post_id);
    else if (event === "typing" && broadcast.channel_id === channel) typed(data);
    if (SIDEBAR_EVENTS.has(event)) refreshSidebar();
  };

  function posted(post, channel) {
    if (post.channel_id !== channel) return;
    forgetWriter(post.user_id);
    posts.catchUp();
    if (post.root_id) {
      posts.refresh(post.root_id);
      if (threadId() === post.root_id) refreshThread();
    }
    if (post.user_id === chat.app().me) return;
    unseen = true;
    looked();
  }

  function changed(id) {
    posts.refresh(id);
    if (document.querySelector(`#thread [data-post="${id}"]`)) refreshThread();
  }

  function deleted(post) {
    if (post.id === threadId()) closePane();
    posts.remove(post.id);
    if (post.root_id) posts.refresh(post.root_id);
  }

  chat.onReturn = () => {
    posts.catchUp();
    refreshThread();
    refreshSidebar();
  };

  chat.onStillDown = () => posts.catchUp();

  // --- who is writing ---------------------------------------------------------

  async function typed({ user_id: user, parent_id: parent }) {
    if (user === chat.app().me || (parent && parent !== threadId())) return;
    if (!names.has(user)) {
      const response = await posts.ask(`${chat.app().root}api/v4/users/${user}`);
      if (!response?.ok) return;
      names.set(user, (await response.json()).username);
    }
    window.clearTimeout(writers.get(user));
    writers.set(user, window.setTimeout(() => forgetWriter(user), TYPING_SHOWN));
    showWriters();
  }

  function forgetWriter(user) {
    window.clearTimeout(writers.get(user));
    if (writers.delete(user)) showWriters();
  }

  function showWriters() {
    const place = byId("typing");
    if (!place) return;
    const who = [...writers.keys()].map((user) => names.get(user));
    if (who.length === 0) place.textContent = "";
    else if (who.length > 3) place.textContent = "Several people are writing…";
    else place.textContent = `${who.join(", ")} ${who.length === 1 ? "is" : "are"} writing…`;
  }

  let lastNotice = 0;

  function tellTyping(area) {
    if (Date.now() - lastNotice < TYPING_EVERY) return;
    lastNotice = Date.now();
    socket.send("user_typing", { channel_id: area.dataset.channel, parent_id: area.dataset.thread });
  }

  // --- composer ---------------------------------------------------------------

  function grow(area) {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches?.("[data-composer]")) return;
    grow(area);
    drafts.set(area.form.dataset.draft, area.value);
    if (area.value.trim()) tellTyping(area);
  });

  document.addEventListener("keydown", (event) => {
    const area = event.target;
    const sends = event.key === "Enter" && !event.shiftKey && !event.altKey && !event.isComposing;
    if (!area.matches?.("[data-composer]") || !sends) return;
    event.preventDefault();
    if (area.value.trim()) area.form.requestSubmit();
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const { detail, target } = event;
    if (!target.matches("form[data-inserts]")) return;
    const area = target.querySelector("textarea");
    if (!area.value.trim()) {
      event.preventDefault();
      return;
    }
    detail.parameters.set?.("pending_post_id", `${chat.app().me}:${Date.now()}`);
    target.dataset.sent = area.value;
    drafts.delete(target.dataset.draft);
    area.value = "";
    grow(area);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { detail, target } = event;
    if (!target.matches("form[data-inserts]")) return;
    const area = target.querySelector("textarea");
    if (!detail.successful) {
      if (!area.value) area.value = target.dataset.sent; // nothing that was written gets lost
      grow(area);
      return;
    }
    byId("new")?.remove();
    posts.insert(detail.xhr.responseText);
    posts.toEnd();
    if (area.dataset.thread) {
      posts.refresh(area.dataset.thread);
      refreshThread();
    }
  });

  // --- one post: menu, editing, reacting, deleting ------------------------------

  const tools = byId("tools");
  const editor = byId("editor");

  document.addEventListener("htmx:afterRequest", ({ detail, target }) => {
    if (!detail.successful) return;
    if (target.matches("form[data-replaces]")) {
      tools.hidePopover();
      editor.close();
      posts.insert(detail.xhr.responseText);
      refreshThread();
    } else if (target.matches("form[data-deletes]")) {
      tools.hidePopover();
      if (target.dataset.deletes === threadId()) closePane();
      posts.remove(target.dataset.deletes);
      refreshThread();
    }
  });

  /** Shows the menu beside the button that asked for it, inside the window. */
  function showTools(button) {
    const place = button.getBoundingClientRect();
    tools.showPopover();
    const { width, height } = tools.getBoundingClientRect();
    tools.style.left = `${Math.max(8, Math.min(place.right - width, window.innerWidth - width - 8))}px`;
    const below = place.bottom + 4;
    tools.style.top = `${Math.max(8, below + height > window.innerHeight - 8 ? place.top - height - 4 : below)}px`;
    tools.querySelector("button, a")?.focus();
  }

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target === tools) showTools(detail.requestConfig.elt);
    else if (detail.target === editor) {
      tools.hidePopover();
      editor.showModal();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-edits]") || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  async function copyLink(link) {
    tools.hidePopover();
    if (navigator.clipboard) await navigator.clipboard.writeText(link.href);
    else window.prompt("Link to the message", link.href); // pages without https have no clipboard
    if (navigator.clipboard) toast("Link copied");
  }

  document.addEventListener("click", (event) => {
    const copied = event.target.closest("[data-copies-link]");
    const cancelled = event.target.closest("[data-closes-editor]");
    if (copied || cancelled) event.preventDefault();
    if (copied) copyLink(copied);
    if (cancelled) editor.close();
  });

  document.addEventListener("htmx:sendError", () => toast("The server cannot be reached. Nothing was sent."));

  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.requestConfig.boosted) window.location.assign(detail.requestConfig.path);
    else toast(detail.xhr.responseText.slice(0, 300) || "That did not work.");
  });

  // --- thread -----------------------------------------------------------------

  const threadId = () => byId("thread")?.dataset.root || "";

  async function refreshThread() {
    const shown = byId("thread");
    if (!shown) return;
    const box = shown.closest(".scroll");
    const wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    const response = await posts.ask(shown.dataset.part);
    if (response?.status === 404) closePane();
    if (!response?.ok || shown !== byId("thread")) return;
    const made = document.createElement("template");
    made.innerHTML = await response.text();
    shown.replaceChildren(...made.content.getElementById("thread").childNodes);
    htmx.process(shown);
    posts.arrange(shown);
    if (wasAtEnd) box.scrollTop = box.scrollHeight;
  }

  function opened() {
    byId("app").classList.add("with-pane");
    posts.arrange(byId("thread"));
    const box = byId("thread").closest(".scroll");
    box.scrollTop = box.scrollHeight;
    restoreDrafts();
    document.querySelector("#pane [data-composer]")?.focus();
    const here = new URL(window.location.href);
    here.searchParams.set("thread", threadId());
    window.history.replaceState(window.history.state, "", here);
  }

  function closePane() {
    if (!byId("app").classList.contains("with-pane")) return;
    byId("app").classList.remove("with-pane");
    byId("pane").replaceChildren();
    const here = new URL(window.location.href);
    here.searchParams.delete("thread");
    window.history.replaceState(window.history.state, "", here);
    document.querySelector("#composer textarea")?.focus();
  }

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-closes-pane]")) {
      event.preventDefault();
      closePane();
    } else if (event.target.closest("[data-switcher]")) {
      openSwitcher();
    }
  });

  // --- switcher ---------------------------------------------------------------

  const dialog = byId("switcher");
  const filter = dialog.querySelector("input");
  const choices = dialog.querySelector("ul");

  function openSwitcher() {
    filter.value = "";
    fill();
    dialog.showModal();
  }

  function fill() {
    const words = filter.value.trim().replace(/^[#~@]/, "").toLowerCase();
    choices.replaceChildren();
    for (const entry of document.querySelectorAll("#channels .entry")) {
      if (!entry.dataset.name.toLowerCase().includes(words)) continue;
      const choice = document.createElement("a");
      choice.href = entry.href;
      choice.dataset.target = entry.dataset.channel;
      choice.append(entry.querySelector(".sign").cloneNode(true), entry.dataset.name);
      const line = document.createElement("li");
      line.append(choice);
      choices.append(line);
    }
    choices.querySelector("a")?.setAttribute("aria-selected", "true");
    dialog.querySelector(".empty").hidden = choices.childElementCount > 0;
  }

  function step(way) {
    const links = [...choices.querySelectorAll("a")];
    const at = links.findIndex((link) => link.getAttribute("aria-selected") === "true");
    const next = links[(at + way + links.length) % links.length];
    links[at]?.removeAttribute("aria-selected");
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
  }

  function follow(link) {
    dialog.close();
    document.querySelector(`#channels .entry[data-channel="${link.dataset.target}"]`)?.click();
  }

  filter.addEventListener("input", fill);
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) {
      event.preventDefault();
      follow(link);
    } else if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = choices.querySelector('[aria-selected="true"]');
      if (chosen) follow(chosen);
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (dialog.open) dialog.close();
      else openSwitcher();
    } else if (event.key === "Escape" && !dialog.open && !editor.open && !tools.matches(":popover-open")) {
      const menu = document.querySelector("details.menu[open]");
      if (menu) menu.open = false;
      else closePane();
    }
  });

  // --- beginning --------------------------------------------------------------

  function restoreDrafts() {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const area = form.querySelector("textarea");
      const draft = drafts.get(form.dataset.draft);
      if (draft && !area.value) {
        area.value = draft;
        grow(area);
      }
    }
  }

  function begin() {
    for (const button of document.querySelectorAll("[data-switcher]")) button.hidden = false;
    writers.clear();
    restoreDrafts();
    showCount();
    const list = posts.list();
    if (!list) return;
    posts.arrange(list);
    const target = window.location.hash.startsWith("#post-") ? document.querySelector(window.location.hash) : null;
    const first = target || byId("new");
    if (first) first.scrollIntoView({ block: "center" });
    else posts.toEnd();
    if (byId("thread")) opened();
    else if (window.matchMedia("(hover: hover)").matches) document.querySelector("#composer textarea")?.focus();
    keepEnd(list);
  }

  let watcher = null;

  /** Pictures make the list longer after it was shown: who reads its end stays there. */
  function keepEnd(list) {
    watcher?.disconnect();
    let isPinned = posts.atEnd();
    posts.scroller().addEventListener("scroll", () => (isPinned = posts.atEnd()), { passive: true });
    watcher = new ResizeObserver(() => isPinned && posts.toEnd());
    watcher.observe(list);
    watcher.observe(posts.scroller());
  }

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "pane") opened();
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.elt.id === "app") {
      if (window.location.hash === "#sidebar") window.history.replaceState(window.history.state, "", "#main");
      begin();
    } else if (detail.elt.closest?.("#posts")) posts.arrange(posts.list());
  });
  window.addEventListener("focus", looked);
  document.addEventListener("visibilitychange", looked);

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  document.cookie = `WEBTZ=${encodeURIComponent(zone)}; path=${chat.app().root}; max-age=31536000; samesite=lax`;
  begin();
  socket.connect();
})();
