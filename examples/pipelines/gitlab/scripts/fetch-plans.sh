#!/usr/bin/env bash
# Fetches the saved plan that the job of this name made in the merge request which this commit has merged. The pipeline has
# to have ended well, and to be the last one of that merge request.
#
# Needs VB365_READ_TOKEN (read_api): the token of a job may not ask what it needs to know.
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

export API_HEADER="PRIVATE-TOKEN: ${VB365_READ_TOKEN:?is no variable of the environment vb365/deploy}"
project="${CI_API_V4_URL:?}/projects/${CI_PROJECT_ID:?}"
sha=${CI_COMMIT_SHA:?}
advice='open a merge request that touches the stack, so that it is planned again'

request=$(api "$project/repository/commits/$sha/merge_requests" |
  jq --raw-output --arg sha "$sha" --arg main "${CI_DEFAULT_BRANCH:?}" --argjson project "$CI_PROJECT_ID" \
    'map(select(.state == "merged" and .target_branch == $main and .source_project_id == $project
      and ([.merge_commit_sha, .squash_commit_sha, .sha] | index($sha)))) | if length == 1 then .[0].iid else empty end')
[[ "$request" =~ ^[0-9]+$ ]] || fail "$sha comes from no merge request, so that nobody has approved a plan: $advice"

pipeline=$(api "$project/merge_requests/$request" |
  jq --raw-output '.head_pipeline | select(.status == "success" and .source == "merge_request_event") | .id')
[[ "$pipeline" =~ ^[0-9]+$ ]] || fail "the last pipeline of !$request has not ended well: $advice"
child=$(api "$project/pipelines/$pipeline/bridges?per_page=100" |
  jq --raw-output '.[] | select(.name == "plan" and .status == "success") | .downstream_pipeline.id')
[[ "$child" =~ ^[0-9]+$ ]] || fail "pipeline $pipeline has planned nothing: $advice"

job=
for ((page = 1; ; page++)); do
  jobs=$(api "$project/pipelines/$child/jobs?scope%5B%5D=success&per_page=100&page=$page")
  job=$(jq --raw-output --arg name "${CI_JOB_NAME:?}" 'first(.[] | select(.name == $name) | .id) // empty' <<<"$jobs")
  [[ -z "$job" && "$(jq length <<<"$jobs")" == 100 ]] || break
done
[[ "$job" =~ ^[0-9]+$ ]] || fail "pipeline $child has no plan of $CI_JOB_NAME: $advice"

archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
api --output "$archive" "$project/jobs/$job/artifacts"
rm -rf plans
unzip -q "$archive" 'plans/*'
echo "The plans are those of job $job of !$request."
