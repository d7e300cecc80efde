import { LocalTransport } from '../../lib/install/transport/local';

/** Runs the program that its argument names as PowerShell, until somebody ends it. */
void new LocalTransport({ program: process.argv[2] ?? 'pwsh' }).run('{"script":""}', []);
