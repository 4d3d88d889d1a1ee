# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder begin with: a folder of their own to work in, which goes with what runs in it, and
# the lines of TAP. Sourced with KAFAATCTL and KAFAAT_SERVER as arguments.
set -u
client=$(realpath "$1") server=$(realpath "$2")
folder=$(mktemp -d) || exit 1
pid= n=0 failed=0
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1

# is WHAT EXPECTED GOT
is() {
  n=$((n + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    printf '# expected: %s\n# got: %s\n' "$2" "$3"
    failed=1
  fi
}

# holds WHAT EXPECTED GOT: EXPECTED stands somewhere in GOT
holds() {
  case $3 in
    *"$2"*) is "$1" "" "" ;;
    *) is "$1" "…$2…" "$3" ;;
  esac
}

# ctl STORE ARGUMENT…
ctl() {
  local store=$1
  shift
  "$client" --store "$store.db" "$@" 2>&1
}

# serve PORT [OPTION…]: sets pid and port; 0 is any port. Without options, with a certificate made for it.
serve() {
  local where=127.0.0.1:$1
  shift
  [ $# -eq 0 ] && set -- --dev-tls
  rm -f out
  "$server" --dir srv serve --listen "$where" "$@" >out 2>>log &
  pid=$!
  for _ in $(seq 100); do
    grep -q listening out 2>/dev/null && break
    sleep 0.1
  done
  port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' out)
}
