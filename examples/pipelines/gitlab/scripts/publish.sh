#!/usr/bin/env bash
# Pushes what change-keystore.sh has committed, and opens a merge request for it unless there is one.
#
# Usage: publish.sh renew|retire, with VB365_PUSH_TOKEN (write_repository)
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

change=${1:?say renew or retire}
[[ -f "changes/$change.bundle" ]] || exit 0
mv "changes/$change.bundle" change.bundle

# Neither in an argument nor in the settings of the clone.
export GIT_ASKPASS="$PWD/.git/askpass" VB365_PUSH_TOKEN="${VB365_PUSH_TOKEN:?is no variable of the environment vb365/publish}"
cat >"$GIT_ASKPASS" <<'SCRIPT'
#!/bin/sh
echo "$VB365_PUSH_TOKEN"
SCRIPT
chmod 700 "$GIT_ASKPASS"
git remote set-url --push origin "${CI_SERVER_PROTOCOL:?}://vb365@${CI_SERVER_HOST:?}:${CI_SERVER_PORT:?}/${CI_PROJECT_PATH:?}.git"

case "$change" in
renew) title='Renew certificates' ;;
*) title='Retire certificates: merge when the servers use the current ones' ;;
esac
ci/publish-change.sh "$change" -o merge_request.create -o "merge_request.target=${MAIN_BRANCH:?}" -o "merge_request.title=$title"
