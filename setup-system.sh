#!/bin/sh
# What Handpress needs that pip cannot bring: Pango for the press, and with `test` the tools of the tests.
# Installs it by apt where it may; says the command everywhere else.
set -eu
python=${PYTHON:-python3}
press="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
tests="poppler-utils qpdf default-jre-headless chromium"

have_press() {
  "$python" - <<'EOF' 2>/dev/null
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)
EOF
}
have_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
have_tests() {
  for tool in pdftotext qpdf java chromium; do command -v "$tool" >/dev/null 2>&1 || return 1; done
}

want=""
have_press || want="$want $press"
have_venv || want="$want python3-venv"
if [ "${1:-}" = test ]; then have_tests || want="$want $tests"; fi
[ -n "$want" ] || exit 0

case "$(uname -s)" in
Darwin)
  # Homebrew's names are not Linux's: ask its libraries, not ours.
  if command -v brew >/dev/null 2>&1 && brew list pango >/dev/null 2>&1 && [ "${1:-}" != test ]; then exit 0; fi
  echo "Handpress needs Pango. Install it with:  brew install pango" >&2
  [ "${1:-}" != test ] || echo "and for the tests:  brew install poppler qpdf openjdk && brew install --cask chromium" >&2
  exit 1
  ;;
esac

if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then sudo="sudo"; else sudo="none"; fi
  fi
  if [ "$sudo" != none ]; then
    echo "Installing:$want"
    $sudo apt-get update -qq
    # shellcheck disable=SC2086  # the names are words of their own
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $want >/dev/null
    exit 0
  fi
fi

cat >&2 <<EOF
Handpress needs some system libraries that pip cannot bring. Install them, then run make again:
  Debian, Ubuntu:  sudo apt-get install --no-install-recommends$want
  Fedora:          sudo dnf install pango harfbuzz${1:+ poppler-utils qpdf java-latest-openjdk-headless chromium}
  macOS:           brew install pango${1:+ poppler qpdf openjdk}
  Windows:         install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango
EOF
exit 1
