#!/usr/bin/env bash
# Finds the run that planned the pull request which this commit has merged, and prints run_id=<id>. It has to have ended
# well, for the last commit of the pull request, from a branch of this repository.
#
# Needs GITHUB_TOKEN, which may read Actions and pull requests.
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

API_HEADER="Authorization: Bearer ${GITHUB_TOKEN:?}"
repository="${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}"
advice='plan and apply what is to be deployed with the workflow "vb365 deploy"'

head=$(api "$repository/commits/${GITHUB_SHA:?}/pulls" |
  jq --raw-output --arg sha "$GITHUB_SHA" --arg base "${GITHUB_REF_NAME:?}" \
    'map(select(.merged_at != null and .merge_commit_sha == $sha and .base.ref == $base)) | if length == 1 then .[0].head.sha else empty end')
[[ "$head" =~ ^[0-9a-f]{40}$ ]] || fail "$GITHUB_SHA comes from no pull request, so that nobody has approved a plan: $advice"

run=$(api "$repository/actions/workflows/vb365-plan.yml/runs?head_sha=$head&event=pull_request&status=success&per_page=100" |
  jq --raw-output --arg head "$head" --arg repository "$GITHUB_REPOSITORY" \
    '[.workflow_runs[] | select(.head_sha == $head and .event == "pull_request" and .conclusion == "success"
      and .head_repository.full_name == $repository)] | max_by(.run_number) | .id // empty')
[[ "$run" =~ ^[0-9]+$ ]] || fail "no run of \"vb365 plan\" for $head has ended well: $advice"
echo "run_id=$run"
