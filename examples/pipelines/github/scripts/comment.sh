#!/usr/bin/env bash
# Writes a review as the one comment of a pull request, over the one that was there.
#
# Usage: comment.sh <file>, with GITHUB_TOKEN and PULL_REQUEST
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

review=${1:?name the review}
marker=$(head -n 1 "$review")
[[ "$marker" == '<!-- vb365-review'*'-->' ]] || fail "$review does not begin with the marker of a review"
API_HEADER="Authorization: Bearer ${GITHUB_TOKEN:?}"
issues="${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}/issues"

# Only what this bot has written is written over: anybody could begin a comment with the marker.
comment=
for ((page = 1; ; page++)); do
  comments=$(api "$issues/${PULL_REQUEST:?}/comments?per_page=100&page=$page")
  comment=$(jq --arg marker "$marker" --raw-output \
    'first(.[] | select(.user.login == "github-actions[bot]" and (.body | startswith($marker))) | .id) // empty' <<<"$comments")
  [[ -z "$comment" && "$(jq length <<<"$comments")" == 100 ]] || break
done

body=$(mktemp)
trap 'rm -f "$body"' EXIT
jq --null-input --rawfile body "$review" '{body: $body}' >"$body"
if [[ -n "$comment" ]]; then
  api --request PATCH --data "@$body" "$issues/comments/$comment" >/dev/null
else
  api --request POST --data "@$body" "$issues/$PULL_REQUEST/comments" >/dev/null
fi
