# shellcheck shell=bash
# What the other scripts share. They run in the root of the repository, after "vb365 synth" where they need stacks.
set -euo pipefail
# What [a-z] holds and how files are sorted depend on the locale, which may not even be installed.
export LC_ALL=C

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# Sets the array stacks to the names in VB365_STACKS. What "vb365 matrix" prints is safe; what a person types may not be.
read_stacks() {
  stacks=()
  [[ -n "${VB365_STACKS:-}" ]] || fail 'VB365_STACKS is empty: name the stacks, with blanks between'
  read -ra stacks <<<"$VB365_STACKS"
  local stack
  for stack in "${stacks[@]}"; do
    [[ "$stack" =~ ^[a-z0-9]+(-+[a-z0-9]+)*$ ]] || fail "VB365_STACKS holds what is no name of a stack: ${stack@Q}"
    [[ -f "cdktf.out/stacks/$stack/cdk.tf.json" ]] ||
      fail "there is no stack $stack in cdktf.out: name one that vb365.yaml gives, after \"vb365 synth\""
  done
}

# Providers are those of the committed lock file, and nothing else: an init that would change it fails.
init_stack() {
  local folder="cdktf.out/stacks/$1"
  if jq --exit-status '.terraform.backend | has("local")' "$folder/cdk.tf.json" >/dev/null; then
    fail "the state of $1 would stay on this machine and be lost: choose a remote backend in vb365.yaml"
  fi
  [[ -f providers.lock.hcl ]] || fail 'there is no providers.lock.hcl: run lock-providers.sh at a workstation, and commit it'
  cp providers.lock.hcl "$folder/.terraform.lock.hcl"
  terraform -chdir="$folder" init -input=false -no-color -lockfile=readonly >/dev/null
}

# Calls a REST API: api <curl options …>. The header with the token comes from API_HEADER, never from an argument that
# other processes could see.
api() {
  printf 'header = "%s"\n' "${API_HEADER:?}" |
    curl --config - --silent --show-error --fail --location --max-time 120 --retry 3 "$@"
}
