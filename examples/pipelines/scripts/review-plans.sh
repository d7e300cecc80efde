#!/usr/bin/env bash
# Reviews plans/*/plan.json: writes review.md for the pull request, and fails where something blocks.
#
#   PLAN_RESULT  how the plan jobs ended, in the words of the platform; anything but success, succeeded or skipped blocks
#   REMOVED      names of stacks that nothing synthesizes any more, as JSON
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

status=0
plans=(plans/*/plan.json)
if [[ -f "${plans[0]}" ]]; then
  rm -f review.md
  npx --no -- vb365 review "${plans[@]}" --format markdown --out review.md --fail-on block || status=$?
  [[ -f review.md ]] || exit "$status"
else
  printf '%s\n\n%s\n' '<!-- vb365-review -->' 'There is no plan to review.' >review.md
fi

case "${PLAN_RESULT:-success}" in
success | succeeded | Succeeded | skipped | Skipped) ;;
*)
  printf '\n**Not every stack could be planned:** the log of the plan jobs says why.\n' >>review.md
  status=1
  ;;
esac

removed=$(jq --raw-output 'map(select(test("^[a-z0-9-]+$"))) | join(", ")' <<<"${REMOVED:-[]}")
if [[ -n "$removed" ]]; then
  printf '\n**Still to be destroyed by a person**, because nothing synthesizes them any more: %s.\n' "$removed" >>review.md
fi
exit "$status"
