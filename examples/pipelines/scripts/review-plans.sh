#!/usr/bin/env bash
# Reviews plans/*/plan.json: writes review.md for the pull request, and fails where something blocks.
#
#   EXPECTED     the stacks that were to be planned: names with blanks between, or a matrix of "vb365 matrix"; each without
#                a plan blocks
#   PLAN_RESULT  how the plan jobs ended, in the words of the platform; anything but success, succeeded or skipped blocks
#   REMOVED      names of stacks that nothing synthesizes any more, as JSON; a warning of the review
#   BASE         the protected branch or its commit, whose rules count: origin/main
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

expected=${EXPECTED:-}
if [[ "$expected" == '{'* ]]; then
  expected=$(jq --raw-output '[.. | objects | .stacks? | strings] | join(" ")' <<<"$expected")
fi
removed=$(jq --raw-output 'join(" ")' <<<"${REMOVED:-[]}")

arguments=(--format markdown --out review.md --fail-on block --expect "$expected" --removed "$removed")
[[ -z "${BASE:-}" ]] || arguments+=(--base "$BASE")
case "${PLAN_RESULT:-success}" in
success | succeeded | Succeeded | skipped | Skipped) ;;
*) arguments+=(--unplanned 'the log of the plan jobs says why') ;;
esac
plans=(plans/*/plan.json)
[[ -f "${plans[0]}" ]] || plans=()

rm -f review.md
npx --no -- vb365 review "${plans[@]}" "${arguments[@]}"
