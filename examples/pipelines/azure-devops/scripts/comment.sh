#!/usr/bin/env bash
# Writes a review as the one comment of a pull request, over the one that was there.
#
# Usage: comment.sh <file>, with SYSTEM_ACCESSTOKEN
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

review=${1:?name the review}
marker=$(head -n 1 "$review")
[[ "$marker" == '<!-- vb365-review'*'-->' ]] || fail "$review does not begin with the marker of a review"
export API_HEADER="Authorization: Bearer ${SYSTEM_ACCESSTOKEN:?}"
collection=${SYSTEM_COLLECTIONURI:?}
repository="$collection${SYSTEM_TEAMPROJECTID:?}/_apis/git/repositories/${BUILD_REPOSITORY_ID:?}"
threads="$repository/pullRequests/${SYSTEM_PULLREQUEST_PULLREQUESTID:?}/threads"
version='api-version=7.1'

# Only what this identity has written is written over: anybody could begin a comment with the marker.
me=$(api "${collection}_apis/connectionData" | jq --raw-output .authenticatedUser.id)
place=$(api "$threads?$version" | jq --arg marker "$marker" --arg me "$me" --raw-output \
  'first(.value[] | .id as $thread | .comments[0] | select(.author.id == $me and ((.content // "") | startswith($marker)))
    | "\($thread)/comments/\(.id)") // empty')

body=$(mktemp)
trap 'rm -f "$body"' EXIT
json=(--header 'Content-Type: application/json' --data "@$body")
if [[ -n "$place" ]]; then
  jq --null-input --rawfile content "$review" '{content: $content}' >"$body"
  api --request PATCH "${json[@]}" "$threads/$place?$version" >/dev/null
else
  # Closed, so that it does not have to be resolved.
  jq --null-input --rawfile content "$review" '{comments: [{content: $content, commentType: 1}], status: 4}' >"$body"
  api --request POST "${json[@]}" "$threads?$version" >/dev/null
fi
