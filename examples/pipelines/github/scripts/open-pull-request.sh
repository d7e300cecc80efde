#!/usr/bin/env bash
# Opens a pull request for a branch, as a draft, unless there is one.
#
# What GITHUB_TOKEN does starts no workflow. A person who presses "Ready for review" does, and so the pull request gets its
# plan. One that is there already becomes a draft again, because its last commit has no plan.
#
# Usage: open-pull-request.sh <branch>, with GITHUB_TOKEN
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

branch=${1:?name the branch}
main=${MAIN_BRANCH:-main}
API_HEADER="Authorization: Bearer ${GITHUB_TOKEN:?}"
pulls="${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}/pulls"

node=$(api "$pulls?state=open&base=$main&head=${GITHUB_REPOSITORY%%/*}:$branch" | jq --raw-output '.[0].node_id // empty')
if [[ -n "$node" ]]; then
  jq --null-input --arg id "$node" \
    '{query: "mutation($id: ID!) { convertPullRequestToDraft(input: {pullRequestId: $id}) { clientMutationId } }", variables: {id: $id}}' |
    api --request POST --data @- "${GITHUB_GRAPHQL_URL:?}" >/dev/null
  exit 0
fi

case "$branch" in
renew/*) title='Renew certificates' what='Successors for certificates inside their renewal window. The old ones stay published.' ;;
retire/*) title='Retire certificates' what='Superseded certificates whose overlap is over. Merge it when the servers use the current ones.' ;;
*) fail "$branch is no branch of renew or retire" ;;
esac
jq --null-input --arg title "$title" --arg head "$branch" --arg base "$main" --arg what "$what" \
  '{title: $title, head: $head, base: $base, draft: true, body: ($what + "\n\nPress **Ready for review** to have it planned.")}' |
  api --request POST --data @- "$pulls" >/dev/null
