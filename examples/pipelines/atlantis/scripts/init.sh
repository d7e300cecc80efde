#!/usr/bin/env bash
# Instead of the step init, in the folder of a stack: providers are those of the committed lock file, and nothing else.
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

stack=$(basename "$PWD")
cd ../../..
init_stack "$stack"
