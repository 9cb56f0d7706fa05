// The socket: connects, resumes where it was cut off, and says when the server cannot be reached.
"use strict";

window.chat = window.chat || {};

chat.socket = (() => {
  const FIRST_WAIT = 1000; // ms; doubles up to LONGEST_WAIT
  const LONGEST_WAIT = 30000;
  const PING_EVERY = 30000;
  const PATIENCE = 1500; // ms without a socket before anybody is told

  let socket = null;
  let connectionId = "";
  let expected = 0; // number of the next event
  let sent = 0; // number of our last request
  let failures = 0;
  let wasDown = false;
  let retry = 0;
  let warning = 0;
  let pinging = 0;
  let awaitsPong = false;
  let leaving = false;

  function address() {
    const { socket: configured, root } = chat.app();
    const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
    const base = configured || `${scheme}//${window.location.host}`;
    return `${base}${root}api/v4/websocket?connection_id=${connectionId}&sequence_number=${expected}`;
  }

  function connect() {
    window.clearTimeout(retry);
    retry = 0;
    if (socket || leaving) return;
    let opened;
    try {
      opened = new WebSocket(address());
    } catch {
      down();
      return;
    }
    socket = opened;
    opened.addEventListener("message", (message) => opened === socket && received(message.data));
    opened.addEventListener("open", () => {
      awaitsPong = false;
      window.clearInterval(pinging);
      pinging = window.setInterval(ping, PING_EVERY);
      if (connectionId) up(); // a resumed connection says no hello
    });
    opened.addEventListener("close", () => opened === socket && down());
  }

  function received(text) {
    const message = JSON.parse(text);
    if (message.seq_reply) {
      awaitsPong = false;
      return;
    }
    if (message.event === "hello") {
      expected = 0;
      connectionId = message.data.connection_id;
      up();
    }
    if (message.seq !== expected) {
      restart(); // something was lost: begin anew and read everything again
      return;
    }
    expected += 1;
    chat.onEvent(message);
  }

  function restart() {
    connectionId = "";
    expected = 0;
    wasDown = true;
    drop();
    connect();
  }

  function drop() {
    const old = socket;
    socket = null;
    window.clearInterval(pinging);
    old?.close();
  }

  function up() {
    failures = 0;
    window.clearTimeout(warning);
    warning = 0;
    document.getElementById("banner").hidden = true;
    if (wasDown) chat.onReturn();
    wasDown = false;
  }

  function down() {
    drop();
    if (leaving) return;
    wasDown = true;
    failures += 1;
    if (failures > 1) warn();
    else if (!warning) warning = window.setTimeout(warn, PATIENCE);
    const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
    retry = window.setTimeout(connect, wait * (0.75 + Math.random() / 2));
    if (failures > 1) chat.onStillDown();
  }

  function warn() {
    if (!leaving) document.getElementById("banner").hidden = false;
  }

  function ping() {
    if (awaitsPong) {
      down();
      return;
    }
    awaitsPong = true;
    send("ping");
  }

  /** Sends a request; nothing happens without a connection. */
  function send(action, data = {}) {
    if (socket?.readyState !== WebSocket.OPEN) return;
    sent += 1;
    socket.send(JSON.stringify({ seq: sent, action, data }));
  }

  function now() {
    if (retry) connect();
  }

  window.addEventListener("online", now);
  window.addEventListener("pagehide", () => {
    leaving = true;
    drop();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    wasDown = true;
    connect();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());

  return { connect, send };
})();
