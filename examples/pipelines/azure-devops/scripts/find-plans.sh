#!/usr/bin/env bash
# Finds the run that planned the pull request which this commit has merged, and sets the output variable build. It has to
# have ended well, for the last commit of the pull request.
#
# Usage: find-plans.sh, with SYSTEM_ACCESSTOKEN and PLAN_PIPELINE (id of the pipeline vb365-plan.yml)
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

[[ "${PLAN_PIPELINE:-}" =~ ^[0-9]+$ ]] || fail 'the variable planPipeline of the pipeline has to be the id of vb365-plan.yml'
export API_HEADER="Authorization: Bearer ${SYSTEM_ACCESSTOKEN:?}"
project="${SYSTEM_COLLECTIONURI:?}${SYSTEM_TEAMPROJECTID:?}"
repository=${BUILD_REPOSITORY_ID:?}
sha=${BUILD_SOURCEVERSION:?}
version='api-version=7.1'
advice='open a pull request that touches the stack, so that it is planned again'

query=$(jq --null-input --compact-output --arg sha "$sha" '{queries: [{type: "lastMergeCommit", items: [$sha]}]}')
request=$(api --request POST --header 'Content-Type: application/json' --data "$query" \
  "$project/_apis/git/repositories/$repository/pullrequestquery?$version" |
  jq --compact-output --arg sha "$sha" --arg main "${BUILD_SOURCEBRANCH:?}" \
    '[.results[][$sha][]?] | map(select(.status == "completed" and .targetRefName == $main and .forkSource == null))
      | if length == 1 then .[0] else empty end')
[[ -n "$request" ]] || fail "$sha comes from no pull request, so that nobody has approved a plan: $advice"
number=$(jq .pullRequestId <<<"$request")
head=$(jq --raw-output .lastMergeSourceCommit.commitId <<<"$request")

build=$(api "$project/_apis/build/builds?definitions=$PLAN_PIPELINE&branchName=refs/pull/$number/merge&reasonFilter=pullRequest&resultFilter=succeeded&queryOrder=finishTimeDescending&%24top=50&$version" |
  jq --raw-output --arg head "$head" --arg id "$repository" \
    'first(.value[] | select(.result == "succeeded" and .repository.id == $id and .triggerInfo["pr.sourceSha"] == $head) | .id) // empty')
[[ "$build" =~ ^[0-9]+$ ]] || fail "no run of pipeline $PLAN_PIPELINE for $head has ended well: $advice"
echo "##vso[task.setvariable variable=build;isOutput=true]$build"
