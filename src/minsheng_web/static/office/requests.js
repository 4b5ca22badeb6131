// What every page needs around htmx: the form token on each request, and a plain sentence when one fails.
(function () {
  "use strict";

  function meta(name) {
    var tag = document.querySelector('meta[name="' + name + '"]');
    return tag ? tag.getAttribute("content") : "";
  }

  // The token of now: signing in anew in another tab makes a new one, and this page must still save.
  function token() {
    var kept = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return kept ? decodeURIComponent(kept[1]) : meta("csrf-token");
  }

  function say(text, address) {
    var box = document.getElementById("request-failed");
    // A sentence that stands is left alone, so that a page that asks every second does not repeat it aloud.
    if (!box || (text && !box.hidden && box.dataset.said === text)) { return; }
    box.dataset.said = text;
    box.textContent = text;
    box.hidden = !text;
    if (!address) { return; }
    var link = document.createElement("a");
    link.href = address;
    link.target = "_blank"; // beside this page: what was typed here stays
    link.rel = "noopener";
    link.textContent = "打开登录页面";
    box.append(link);
  }

  document.addEventListener("htmx:configRequest", function (event) {
    var now = token();
    event.detail.headers["X-CSRFToken"] = now;
    if (event.detail.parameters.csrfmiddlewaretoken) { event.detail.parameters.csrfmiddlewaretoken = now; }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) { say(""); }
  });

  document.addEventListener("htmx:sendError", function () {
    say("连不上服务器，刚才的操作没有完成。请检查网络后再试一次。");
  });

  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (status === 401) {
      say("登录已过期，请重新登录后再保存。", event.detail.xhr.getResponseHeader("Sign-In-Address"));
    } else if (status === 403) {
      say("刚才的操作没有完成：登录已过期或没有权限。请刷新页面后再试。");
    } else if (status === 404) {
      say("刚才的操作没有完成：内容已不存在。请刷新页面。");
    } else {
      say("刚才的操作没有完成（" + status + "）。请刷新页面后再试；仍不行请告诉管理员。");
    }
  });
})();
