#!/usr/bin/env bash
# Pushes the branch in change.bundle, if there is one and it touches nothing but certificates. Prints the name of the branch.
# Whoever runs this has a token that may push; it runs no code of the repository but this.
#
# Usage: publish-change.sh renew|retire [options of "git push" …]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

change=${1:-}
main=${MAIN_BRANCH:-main}
keystore=${KEYSTORE:-keystore}
[[ "$change" == renew || "$change" == retire ]] || fail "say renew or retire, not ${change@Q}"
shift
[[ -f change.bundle ]] || exit 0

branch="$change/certificates"
git fetch --quiet origin "$main"
# Where the branch is there, the bundle goes on from it.
git fetch --quiet origin "refs/heads/$branch" 2>/dev/null || true
git fetch --quiet change.bundle "refs/heads/$branch:refs/heads/$branch" --force

foreign=$(git diff --no-renames --name-status "origin/$main...$branch" |
  grep --invert-match --extended-regexp "^[AD]	$keystore/[a-z0-9-]+/[a-z0-9-]+/[0-9]{4}\.(crt|key\.age)\$" || true)
[[ -z "$foreign" ]] || fail "$branch changes more than certificates: ${foreign@Q}"
git push --quiet --force "$@" origin "$branch"
echo "$branch"
