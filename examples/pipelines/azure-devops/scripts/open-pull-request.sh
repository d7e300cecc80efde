#!/usr/bin/env bash
# Opens a pull request for a branch unless there is one.
#
# Usage: open-pull-request.sh <branch>, with SYSTEM_ACCESSTOKEN
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

branch=${1:?name the branch}
export AZURE_DEVOPS_EXT_PAT="${SYSTEM_ACCESSTOKEN:?}"
at=(--organization "${SYSTEM_COLLECTIONURI:?}" --project "${SYSTEM_TEAMPROJECTID:?}" --repository "${BUILD_REPOSITORY_ID:?}")
between=(--source-branch "$branch" --target-branch "${MAIN_BRANCH:-main}")

case "$branch" in
renew/*) title='Renew certificates' what='Successors for certificates inside their renewal window. The old ones stay published.' ;;
retire/*) title='Retire certificates' what='Superseded certificates whose overlap is over. Complete it when the servers use the current ones.' ;;
*) fail "$branch is no branch of renew or retire" ;;
esac
open=$(az repos pr list "${at[@]}" "${between[@]}" --status active --query 'length(@)' --output tsv)
[[ "$open" != 0 ]] || az repos pr create "${at[@]}" "${between[@]}" --title "$title" --description "$what" --output none
