#!/usr/bin/env bash
# Synthesizes the stacks in the clone of a pull request, and writes atlantis.yaml with a project for each that it touches.
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

# Whatever the pull request brings as atlantis.yaml is written over; a link would lead elsewhere.
rm -f atlantis.yaml
export CI=true
vb365 issue
vb365 synth
vb365 matrix --base "origin/${BASE_BRANCH_NAME:?}" | jq '{
  version: 3,
  automerge: true,
  parallel_plan: true,
  parallel_apply: true,
  abort_on_execution_order_fail: true,
  projects: [.stacks[] | {
    name: .stack,
    dir: "cdktf.out/stacks/\(.stack)",
    workflow: (if .wave > 0 then "vb365-consent" else "vb365" end),
    execution_order_group: .wave,
    depends_on: .needs,
    autoplan: {enabled: true, when_modified: ["../../../**"]}
  }]
}' >atlantis.yaml
