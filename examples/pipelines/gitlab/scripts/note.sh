#!/usr/bin/env bash
# Writes a review as the one note of a merge request, over the one that was there.
#
# Usage: note.sh <file>, with VB365_NOTE_TOKEN and MERGE_REQUEST
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

review=${1:?name the review}
marker=$(head -n 1 "$review")
[[ "$marker" == '<!-- vb365-review'*'-->' ]] || fail "$review does not begin with the marker of a review"
export API_HEADER="PRIVATE-TOKEN: ${VB365_NOTE_TOKEN:?is no variable of the environment vb365/note}"
project="${CI_API_V4_URL:?}/projects/${CI_PROJECT_ID:?}"
notes="$project/merge_requests/${MERGE_REQUEST:?}/notes"

# Only what this bot has written is written over: anybody could begin a note with the marker.
me=$(api "$CI_API_V4_URL/user" | jq .id)
note=
for ((page = 1; ; page++)); do
  found=$(api "$notes?per_page=100&page=$page&sort=asc")
  note=$(jq --arg marker "$marker" --argjson me "$me" --raw-output \
    'first(.[] | select(.author.id == $me and (.body | startswith($marker))) | .id) // empty' <<<"$found")
  [[ -z "$note" && "$(jq length <<<"$found")" == 100 ]] || break
done

body=$(mktemp)
trap 'rm -f "$body"' EXIT
jq --null-input --rawfile body "$review" '{body: $body}' >"$body"
json=(--header 'Content-Type: application/json' --data "@$body")
if [[ -n "$note" ]]; then
  api --request PUT "${json[@]}" "$notes/$note" >/dev/null
else
  api --request POST "${json[@]}" "$notes" >/dev/null
fi
