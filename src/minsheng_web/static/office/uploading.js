// The upload form: dropping a file, saying what is under way, not sending what is too large.
(function () {
  "use strict";

  var form = document.getElementById("upload-form");
  if (!form) { return; }
  var input = document.getElementById("file");
  var zone = document.getElementById("drop-zone");
  var status = document.getElementById("upload-status");
  var limit = Number(form.dataset.limitMb) * 1024 * 1024;

  function chosen() {
    return Array.prototype.slice.call(input.files);
  }

  function describe() {
    var files = chosen();
    var large = files.filter(function (file) { return file.size > limit; });
    if (large.length) {
      status.textContent = "“" + large[0].name + "”有 " + (large[0].size / 1048576).toFixed(1) + " MB，超过 " +
        form.dataset.limitMb + " MB 的上限，不会上传内容，只在列表中登记。";
    } else if (files.length) {
      status.textContent = "已选择：" + files.map(function (file) { return file.name; }).join("、");
    } else {
      status.textContent = "";
    }
  }

  input.addEventListener("change", describe);
  ["dragenter", "dragover"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    zone.addEventListener(name, function () { zone.classList.remove("is-over"); });
  });
  zone.addEventListener("drop", function (event) {
    event.preventDefault();
    if (!event.dataTransfer.files.length) { return; }
    input.files = event.dataTransfer.files;
    describe();
    form.requestSubmit();
  });

  form.addEventListener("submit", function (event) {
    var files = chosen();
    if (!files.length) {
      event.preventDefault();
      status.textContent = "请先选择文件。";
      input.focus();
      return;
    }
    var large = files.filter(function (file) { return file.size > limit; });
    if (large.length) {
      // Only its name and size are sent: the refusal is listed and nobody waits for megabytes.
      form.elements.large_name.value = large[0].name;
      form.elements.large_size.value = String(large[0].size);
      var fitting = new DataTransfer();
      files.forEach(function (file) { if (file.size <= limit) { fitting.items.add(file); } });
      input.files = fitting.files;
    }
    status.textContent = "正在上传，请稍候……";
    form.querySelector("button[type=submit]").disabled = true;
  });

  // Coming back with the browser's back button must not leave the button dead.
  window.addEventListener("pageshow", function () {
    form.querySelector("button[type=submit]").disabled = false;
  });
})();
