// What every page needs around htmx: the form token on each request, and a plain sentence when one fails.
(function () {
  "use strict";

  function meta(name) {
    var tag = document.querySelector('meta[name="' + name + '"]');
    return tag ? tag.getAttribute("content") : "";
  }

  function say(text) {
    var box = document.getElementById("request-failed");
    if (!box) { return; }
    box.textContent = text;
    box.hidden = !text;
  }

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = meta("csrf-token");
    say("");
  });

  document.addEventListener("htmx:sendError", function () {
    say("连不上服务器，刚才的操作没有完成。请检查网络后再试一次。");
  });

  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (status === 403) {
      say("刚才的操作没有完成：登录已过期或没有权限。请刷新页面后再试。");
    } else if (status === 404) {
      say("刚才的操作没有完成：内容已不存在。请刷新页面。");
    } else {
      say("刚才的操作没有完成（" + status + "）。请刷新页面后再试；仍不行请告诉管理员。");
    }
  });
})();
