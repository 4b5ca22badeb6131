// What is typed into a form is kept in this browser until the server has taken it: a session that ended, a page
// closed by mistake or a line that broke costs no word. Passwords and files are never kept.
(function () {
  "use strict";

  var BEGIN = "minsheng-typed:";
  var DAYS = 7;
  var REFUSED = "main .alert-danger, main .alert-error, main .alert-warning";
  var meta = document.querySelector('meta[name="person"]');
  var mine = meta ? BEGIN + meta.content + ":" : "";

  function stored() {
    try { return Object.keys(localStorage).filter(function (key) { return key.indexOf(BEGIN) === 0; }); }
    catch (fault) { return []; }
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (fault) { return {}; }
  }

  function write(key, entry) {
    try {
      if (entry) { localStorage.setItem(key, JSON.stringify(entry)); } else { localStorage.removeItem(key); }
    } catch (fault) { /* a full or forbidden store: the page itself still holds the text */ }
  }

  // A page nobody is signed in on, or one of a fault, is no answer to what was sent.
  function unsend(key) {
    var entry = read(key);
    if (entry.sent) { entry.sent = false; write(key, entry); }
  }

  if (!mine) { stored().forEach(unsend); return; }

  function isKept(form) {
    return form.method === "post" && form.closest("main") && !form.querySelector("[type=password]") &&
      !form.matches("[hx-post], [data-unkept]");
  }

  function forms() { return Array.prototype.filter.call(document.forms, isKept); }

  function keyOf(form) {
    var path = new URL(form.getAttribute("action") || window.location.href, window.location.href).pathname;
    var alike = forms().filter(function (other) {
      return new URL(other.getAttribute("action") || window.location.href, window.location.href).pathname === path;
    });
    return mine + path + "#" + alike.indexOf(form);
  }

  function isBox(field) { return field.type === "checkbox" || field.type === "radio"; }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && ["hidden", "submit", "button", "file", "password", "fieldset"].indexOf(field.type) < 0;
    });
  }

  function nameOf(field) { return isBox(field) ? field.name + "=" + field.value : field.name; }

  function now(field) { return isBox(field) ? String(field.checked) : field.value; }

  function first(field) {
    if (isBox(field)) { return String(field.defaultChecked); }
    if (!field.options) { return field.defaultValue; }
    var chosen = Array.prototype.find.call(field.options, function (one) { return one.defaultSelected; });
    return (chosen || field.options[0] || { value: "" }).value;
  }

  function word(field) {
    var label = field.labels && field.labels[0];
    return field.getAttribute("aria-label") || (label ? label.textContent.trim() : field.name);
  }

  function keep(form) {
    var typed = {};
    fields(form).forEach(function (field) {
      if (now(field) !== first(field)) {
        typed[nameOf(field)] = { text: now(field), was: first(field), word: word(field), box: isBox(field) };
      }
    });
    var any = Object.keys(typed).length;
    write(keyOf(form), any ? { typed: typed, page: window.location.pathname, at: Date.now() } : null);
  }

  function tell(before, lines, drop) {
    var box = document.createElement("div");
    box.className = "alert alert-info kept-note";
    box.setAttribute("role", "note"); // "status" is for what the server says
    lines.forEach(function (line) {
      var said = document.createElement("p");
      said.className = "mb-1";
      said.textContent = line;
      box.append(said);
    });
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-secondary";
    button.textContent = "不要了";
    button.addEventListener("click", function () { drop(); box.remove(); });
    box.append(button);
    before.before(box);
  }

  function restore(form) {
    var key = keyOf(form);
    var typed = read(key).typed || {};
    var put = [];
    var others = [];
    fields(form).forEach(function (field) {
      var one = typed[nameOf(field)];
      if (!one || now(field) === one.text) { return; }
      if (one.was !== now(field)) { others.push(one.word + "：您填的是“" + one.text + "”，现在是“" + now(field) + "”"); return; }
      if (isBox(field)) { field.checked = one.text === "true"; } else { field.value = one.text; }
      put.push(field);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    var here = fields(form).map(nameOf);
    var gone = words(typed, function (name) { return here.indexOf(name) < 0; });
    if (!put.length && !others.length && !gone) { return; }
    var lines = gone ? [gone] : [];
    if (put.length) { lines.push("已找回上次没有保存的 " + put.length + " 处，请核对后再保存或提交。"); }
    if (others.length) { lines.push("这些内容别人已改过，没有放回去：" + others.join("；") + "。"); }
    tell(form, lines, function () { write(key, null); form.reset(); });
  }

  // Closed, decided or taken away meanwhile: the words are shown, to be used elsewhere.
  function words(typed, isAsked) {
    var texts = Object.keys(typed).filter(function (name) {
      return !typed[name].box && typed[name].text && isAsked(name);
    });
    return texts.length ? "这一页现在不能填了，您上次填的没有保存：" + texts.map(function (name) {
      return typed[name].word + "“" + typed[name].text + "”";
    }).join("；") + "。需要的请先抄下。" : "";
  }

  function showLost(key) {
    var lost = words(read(key).typed, function () { return true; });
    var main = document.querySelector("main .page");
    if (lost && main && main.firstElementChild) {
      tell(main.firstElementChild, [lost], function () { write(key, null); });
    }
  }

  function settle() {
    var arrived = performance.getEntriesByType("navigation")[0];
    var answered = (!arrived || arrived.type === "navigate") && !document.querySelector(REFUSED);
    var here = forms().map(keyOf);
    stored().forEach(function (key) {
      var entry = read(key);
      if (!entry.typed || Date.now() - entry.at > DAYS * 86400000) { write(key, null); return; }
      if (key.indexOf(mine) !== 0) { return; }
      if (entry.sent && answered) { write(key, null); return; }
      unsend(key);
      if (entry.page === window.location.pathname && here.indexOf(key) < 0) { showLost(key); }
    });
    forms().forEach(restore);
  }

  function formOf(target) {
    var form = target && (target.form || (target.closest && target.closest("form")));
    return form && isKept(form) ? form : null;
  }

  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var form = formOf(event.target);
      if (form) { keep(form); }
    });
  });

  document.addEventListener("submit", function (event) {
    var form = formOf(event.target);
    if (event.defaultPrevented || !form) { return; }
    // Signing in anew in another tab makes a new token: the one in this page is old then.
    var cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    if (cookie && form.elements.csrfmiddlewaretoken) {
      form.elements.csrfmiddlewaretoken.value = decodeURIComponent(cookie[1]);
    }
    var entry = read(keyOf(form));
    if (entry.typed) { entry.sent = true; write(keyOf(form), entry); }
  });

  var asked = "";

  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = formOf(event.detail.elt);
    asked = form && event.detail.requestConfig.verb === "post" ? keyOf(form) : "";
  });

  // Taken without a complaint: nothing to keep.
  document.addEventListener("htmx:afterSwap", function () {
    if (asked && !document.querySelector(REFUSED)) { write(asked, null); }
    asked = "";
  });

  settle();
})();
