import { isAlive, thisProcess } from '../../lib/system/process-identity';

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('isAlive', () => {
  onLinux('knows a process by its number and its start', () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ ...thisProcess(), started: '1' })).toBe(false);
  });

  it('is not known where the number is in use, and the system does not say since when', () => {
    expect(isAlive({ ...thisProcess(), started: undefined })).toBeUndefined();
  });

  it('is not known of another host', () => {
    expect(isAlive({ ...thisProcess(), host: 'elsewhere.example.com' })).toBeUndefined();
  });

  it('is known to have ended where nobody has the number', () => {
    expect(isAlive({ ...thisProcess(), pid: 2 ** 30 })).toBe(false);
    expect(isAlive({ ...thisProcess(), pid: 2 ** 30, started: undefined })).toBe(false);
  });
});
