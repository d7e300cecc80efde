#!/usr/bin/env bash
# Plans the stacks in VB365_STACKS. Each gives plans/<stack> with plan (which will be applied), plan.json (which is
# reviewed) and sha256 of both.
#
# It takes no lock, so that an identity that may only read the state is enough: Terraform refuses the plan later if the
# state has changed meanwhile.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

read_stacks
for stack in "${stacks[@]}"; do
  printf '\n== %s\n' "$stack"
  init_stack "$stack"
  rm -rf "plans/$stack"
  mkdir -p "plans/$stack"
  out="$PWD/plans/$stack/plan"
  terraform -chdir="cdktf.out/stacks/$stack" plan -input=false -no-color -lock=false -out="$out"
  terraform -chdir="cdktf.out/stacks/$stack" show -json "$out" >"plans/$stack/plan.json"
  (cd "plans/$stack" && sha256sum plan plan.json | tee sha256)
done
