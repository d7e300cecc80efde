#!/usr/bin/env bash
# Renews or retires certificates, and commits what that changes: for a scheduled job, which needs no secret.
#
# The branch renew/certificates (or retire/certificates) is continued where it exists, so that a second run adds nothing to
# what a person may be looking at. It is written to change.bundle, which publish-change.sh pushes from a job that runs
# nothing else. Without a change there is no bundle.
#
# Usage: change-keystore.sh renew|retire
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

change=${1:-}
main=${MAIN_BRANCH:-main}
keystore=${KEYSTORE:-keystore}
export GIT_AUTHOR_NAME=vb365 GIT_AUTHOR_EMAIL=vb365@users.noreply.invalid
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

git fetch --quiet origin "$main"
start=$(git rev-parse "origin/$main")
branch="$change/certificates"
git switch --quiet --force-create "$branch" "$start"
if git fetch --quiet origin "refs/heads/$branch:refs/remotes/origin/$branch" 2>/dev/null; then
  start=$(git rev-parse "origin/$branch")
  git switch --quiet --force-create "$branch" "$start"
  # What a person has done to the same certificates meanwhile ends the branch: it begins anew.
  git merge --quiet --no-edit "origin/$main" || {
    git merge --abort
    start=$(git rev-parse "origin/$main")
    git switch --quiet --force-create "$branch" "$start"
  }
fi

# 1 says that a person has something to do as well, which "vb365 status" says every day.
status=0
case "$change" in
renew) npx --no -- vb365 renew || status=$? ;;
retire) npx --no -- vb365 retire || status=$? ;;
*) fail "say renew or retire, not ${change@Q}" ;;
esac
[[ "$status" -le 1 ]] || exit "$status"

git add --all -- "$keystore"
git diff --cached --quiet || git commit --quiet --message "vb365 $change"
rm -f change.bundle
if git diff --quiet "origin/$main" HEAD -- "$keystore"; then
  echo "Nothing to $change."
elif git ls-remote --exit-code origin "refs/heads/$branch" >/dev/null && [[ "$(git rev-parse HEAD)" == "$start" ]]; then
  echo "$branch holds it already."
else
  git bundle create --quiet change.bundle "origin/$main..$branch"
fi
