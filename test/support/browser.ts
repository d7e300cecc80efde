import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const found = spawnSync('sh', ['-c', NAMES.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' });
const executablePath = found.stdout.trim();

/** Starts the browser of the machine, without a window. */
export async function startBrowser(): Promise<Browser> {
  // The sandbox of Chromium refuses root, as whom containers run tests.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** `describe`, or where there is no Chromium its tests skipped, with the reason in their name. */
export function describeWithBrowser(name: string, tests: () => void): void {
  if (executablePath === '') describe.skip(`${name} (skipped: Chromium is not installed)`, tests);
  else describe(name, tests);
}
