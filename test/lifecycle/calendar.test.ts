import fc from 'fast-check';
import type { Certificate } from '../../lib/certificates/certificate';
import { lineagesOf, type LineageDeclaration } from '../../lib/config/lineages';
import { certificateCalendar, type DatedLineage, isCertificateCalendar } from '../../lib/lifecycle/calendar';
import { configurationOf, contoso } from '../support/configuration';
import { later, noon, selfSigned } from '../support/self-signed';

const DAY = 86_400;

const [DECLARATION] = lineagesOf(configurationOf({ organizations: [contoso] })) as [LineageDeclaration];

/** Valid to 2027-06-01; the renewal window begins at noon of 2027-05-02, so the day after is the first whole one. */
const FIRST = selfSigned();
const SECOND = selfSigned({ notBefore: later(noon, 340 * DAY) });

function lineageOf(certificates: readonly Certificate[], name = DECLARATION.name): DatedLineage {
  const generations = certificates.map((certificate, index) => ({ label: `000${index + 1}`, certificate }));
  return { declaration: { ...DECLARATION, name }, generations };
}

function manyOf(count: number): DatedLineage[] {
  return Array.from({ length: count }, (_, index) => lineageOf([FIRST], `organization-${index}/entra-application`));
}

/** Properties of each event, unfolded. */
function eventsOf(calendar: string): Record<string, string>[] {
  const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
  return lines
    .join('\n')
    .split('BEGIN:VEVENT\n')
    .slice(1)
    .map((event) => Object.fromEntries(event.split('\n').map((line) => line.split(/:(.*)/s).slice(0, 2))) as never);
}

describe('certificateCalendar', () => {
  it('has an all-day event on the first whole day of the renewal window, and one where the validity ends', () => {
    const calendar = certificateCalendar([lineageOf([FIRST])], 'vb365.example.com');
    expect(eventsOf(calendar)).toMatchObject([
      {
        UID: 'renew-2027-05-03@vb365.example.com',
        DTSTAMP: '20260601T120000Z',
        'DTSTART;VALUE=DATE': '20270503',
        SUMMARY: 'Renew contoso/entra-application',
        TRANSP: 'TRANSPARENT',
      },
      {
        UID: 'expire-2027-06-01@vb365.example.com',
        'DTSTART;VALUE=DATE': '20270601',
        SUMMARY: 'Last day of contoso/entra-application',
      },
    ]);
    const [{ DESCRIPTION: description = '' } = {}] = eventsOf(calendar);
    expect(description).toContain(
      'contoso/entra-application 0001\\, valid to 2027-06-01T12:00:00Z\\; without it stops: every backup and restore',
    );
    expect(description).toMatch(/Run: vb365 renew$/);
  });

  it('asks for an import where certificates are imported', () => {
    const { declaration, generations } = lineageOf([FIRST]);
    const imported = { ...declaration, policy: { ...declaration.policy, source: 'imported' as const } };
    const calendar = certificateCalendar([{ declaration: imported, generations }], 'host');
    expect(eventsOf(calendar)[0]?.DESCRIPTION).toMatch(/Run: vb365 import contoso\/entra-application <file>$/);
  });

  it('shows of a superseded certificate when it may leave, and nothing else', () => {
    const events = eventsOf(certificateCalendar([lineageOf([FIRST, SECOND])], 'host'));
    expect(events.map(({ UID }) => UID)).toEqual([
      'retire-2027-05-22@host',
      'renew-2028-04-07@host',
      'expire-2028-05-06@host',
    ]);
    expect(events[0]?.DESCRIPTION).toContain('contoso/entra-application 0001\\, superseded by 0002');
  });

  it('makes one event of a day, however many certificates it is about', () => {
    const events = eventsOf(certificateCalendar(manyOf(1_000), 'host'));
    expect(events.map(({ SUMMARY }) => SUMMARY)).toEqual(['Renew 1000 certificates', 'Last day of 1000 certificates']);
    expect(events[0]?.DESCRIPTION).toContain('organization-19/');
    expect(events[0]?.DESCRIPTION).not.toContain('organization-20/');
    expect(events[0]?.DESCRIPTION).toContain('and 980 more: run "vb365 status"');
  });

  it('keeps the UID of a day while certificates join it', () => {
    const uids = [1, 2].map((count) => eventsOf(certificateCalendar(manyOf(count), 'host')).map(({ UID }) => UID));
    expect(uids[0]).toEqual(uids[1]);
  });

  it('is well-formed, whatever the lineages', () => {
    const segment = fc.stringMatching(/^[a-z0-9]{1,60}$/);
    const certificates = fc.constantFrom([FIRST], [SECOND], [FIRST, SECOND], []);
    const lineage = fc.tuple(segment, certificates).map(([owner, all]) => lineageOf(all, `${owner}/entra-application`));
    fc.assert(
      fc.property(fc.array(lineage, { maxLength: 8 }), (lineages) => {
        const calendar = certificateCalendar(lineages, 'host');
        // RFC 5545 §3.1: lines end with CRLF and have 75 octets at most.
        const lines = calendar.split('\r\n');
        expect(lines.at(-1)).toBe('');
        expect(lines.join('')).not.toMatch(/[\r\n]/);
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
        // §3.6, §3.6.1: what must be there, once.
        expect(lines.slice(0, 3)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', expect.stringMatching(/^PRODID:/)]);
        const uids = eventsOf(calendar).map(({ UID }) => UID);
        expect(new Set(uids).size).toBe(uids.length);
        for (const name of ['UID:', 'DTSTAMP:', 'DTSTART', 'END:VEVENT']) {
          expect(lines.filter((line) => line.startsWith(name))).toHaveLength(uids.length);
        }
        expect(isCertificateCalendar(calendar)).toBe(true);
        expect(certificateCalendar(lineages, 'host')).toBe(calendar);
      }),
      { numRuns: 50 },
    );
  });
});

describe('isCertificateCalendar', () => {
  it.each(['', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Somebody//Else//EN\r\n', '<html>'])('is not %j', (text) => {
    expect(isCertificateCalendar(text)).toBe(false);
  });
});
