#!/bin/sh
# Make .venv and install requirements/NAME.txt (core or dev) by hash, and this package. Done once per lock file.
# Needs Python 3.11 or newer; uses uv when it is there, else the pip that comes with venv.
set -eu
cd "$(dirname "$0")/.."
name=${1:-core}
stamp=.venv/.installed-$name-$(cat "requirements/$name.txt" pyproject.toml | sha256sum | cut -c1-16)
if [ -e "$stamp" ] && .venv/bin/python -c "import minsheng" 2>/dev/null; then exit 0; fi

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say "需要 Python 3.11 或更新的版本，本机没有找到：请先安装 python3（Debian 12 自带 3.11）。"
  exit 1
}

uv_works() { command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; }

make_venv() {
  python=$(find_python)
  if "$python" -m venv .venv 2>/dev/null; then return; fi
  rm -rf .venv
  # Debian keeps venv in a package of its own.
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "正在安装 python3-venv …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null
    "$python" -m venv .venv
  elif uv_works; then
    uv venv --quiet --seed --python "$python" .venv
  else
    say "不能建立 Python 虚拟环境：请以管理员身份运行 apt-get install python3-venv 之后再试。"
    exit 1
  fi
}

install_with_uv() {
  uv_works &&
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$name.txt" &&
    uv pip install --quiet --python .venv/bin/python --no-build-isolation --no-deps -e .
}

install_with_pip() {
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
  .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
  .venv/bin/python -m pip install --quiet --require-hashes -r "requirements/$name.txt" &&
    .venv/bin/python -m pip install --quiet --no-build-isolation --no-deps -e .
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  rm -rf .venv
  make_venv
fi
say "正在安装所需的程序包（requirements/$name.txt，逐个核对校验值）…"
# uv is quicker; where it cannot reach the packages, pip may.
install_with_uv 2>/dev/null || install_with_pip
rm -f .venv/.installed-"$name"-*
touch "$stamp"
