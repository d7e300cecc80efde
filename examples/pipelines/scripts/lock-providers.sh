#!/usr/bin/env bash
# Writes providers.lock.hcl: version and checksums of the provider that every stack uses. Commit it, and run this again
# after an update of @cdktf/provider-azuread. For a workstation, after "vb365 synth".
#
# Usage: lock-providers.sh [options of "terraform providers lock" …]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[[ $# -gt 0 ]] || set -- -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64 -platform=windows_amd64
stacks=(cdktf.out/stacks/*/cdk.tf.json)
[[ -f "${stacks[0]}" ]] || fail 'cdktf.out holds no stack: run "vb365 synth" first'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Without the backend, so that nobody has to sign in.
jq '{terraform: (.terraform | del(.backend, .cloud))}' "${stacks[0]}" >"$scratch/main.tf.json"
terraform -chdir="$scratch" providers lock "$@" >/dev/null
cp "$scratch/.terraform.lock.hcl" providers.lock.hcl
echo 'Wrote providers.lock.hcl: commit it.'
