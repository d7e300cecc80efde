#!/usr/bin/env bash
# Applies the saved plans of the stacks in VB365_STACKS: exactly what was reviewed, or nothing.
#
# Before the first one is applied, all of them have to be
#   - unchanged since they were planned (sha256);
#   - made from the stacks as this commit synthesizes them, with the providers of this commit: refused where the branch has
#     moved on in a stack since;
#   - what the reviewed JSON says, and the review finds nothing that blocks.
# Terraform itself refuses a plan whose state has changed since.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

verify() {
  local stack=$1 folder="plans/$1"
  [[ -f "$folder/plan" && -f "$folder/plan.json" && -f "$folder/sha256" ]] ||
    fail "there is no saved plan of $stack: plan it again"
  (cd "$folder" && sha256sum plan plan.json) | cmp --silent - "$folder/sha256" ||
    fail "the plan of $stack is not what the plan job wrote: find out who changed it, then plan again"
  same "$stack" tfconfig/m-/cdk.tf.json "cdktf.out/stacks/$stack/cdk.tf.json" ||
    fail "the plan of $stack was made from another state of the branch, which has moved on since: plan it again"
  same "$stack" .terraform.lock.hcl providers.lock.hcl ||
    fail "the plan of $stack was made with other providers than providers.lock.hcl names: plan it again"
  init_stack "$stack"
  terraform -chdir="cdktf.out/stacks/$stack" show -json "$PWD/$folder/plan" | cmp --silent - "$folder/plan.json" ||
    fail "what was reviewed of $stack is not what its plan does: find out why, then plan again"
}

# Whether a file in the plan, which is a ZIP archive, is the same as one here.
same() {
  unzip -p "plans/$1/plan" "$2" 2>/dev/null | cmp --silent - "$3"
}

read_stacks
for stack in "${stacks[@]}"; do verify "$stack"; done

reviewed=("${stacks[@]/#/plans/}")
reviewed=("${reviewed[@]/%//plan.json}")
npx --no -- vb365 review "${reviewed[@]}" --fail-on block
for stack in "${stacks[@]}"; do
  printf '\n== %s\n' "$stack"
  terraform -chdir="cdktf.out/stacks/$stack" apply -input=false -no-color "$PWD/plans/$stack/plan"
done
