#!/usr/bin/env bash
# Reviews plans/*/plan.json: writes review.md for the pull request, and fails where something blocks.
#
#   PLAN_RESULT  how the plan jobs ended, in the words of the platform; anything but success, succeeded or skipped blocks
#   BASE         the protected branch or its commit, whose rules count: origin/main
#   REMOVED      names of stacks that nothing synthesizes any more, as JSON
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

arguments=(--format markdown --out review.md --fail-on block)
[[ -z "${BASE:-}" ]] || arguments+=(--base "$BASE")
case "${PLAN_RESULT:-success}" in
success | succeeded | Succeeded | skipped | Skipped) ;;
*) arguments+=(--unplanned 'the log of the plan jobs says why') ;;
esac
plans=(plans/*/plan.json)
[[ -f "${plans[0]}" ]] || plans=()

status=0
rm -f review.md
if [[ ${#plans[@]} -gt 0 || "${arguments[*]}" == *--unplanned* ]]; then
  npx --no -- vb365 review "${plans[@]}" "${arguments[@]}" || status=$?
  [[ -f review.md ]] || exit "$status"
else
  printf '%s\n\n%s\n' '<!-- vb365-review -->' 'There is no plan to review.' >review.md
fi

removed=$(jq --raw-output 'map(select(test("^[a-z0-9-]+$"))) | join(", ")' <<<"${REMOVED:-[]}")
if [[ -n "$removed" ]]; then
  printf '\n**Still to be destroyed by a person**, because nothing synthesizes them any more: %s.\n' "$removed" >>review.md
fi
exit "$status"
