import ical, { ICalEventTransparency } from 'ical-generator';
import { DAY } from '../words/days';
import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import { formatInstant } from '../words/instant';
import type { Generation } from '../keystore/keystore';
import { groupBy } from '../words/lists';
import { oldestRetirableFrom } from './renew/retirement';
import { brokenWithout } from './scenarios';
import { sourceOf } from '../config/certificate-sources';

/** What `readGenerations` finds of a lineage, oldest first. */
export interface DatedLineage {
  readonly declaration: LineageDeclaration;
  readonly generations: readonly Pick<Generation, 'label' | 'certificate'>[];
  /** What `judgeLineage` says of the current one. @default nothing */
  readonly findings?: readonly Finding[];
}

/**
 * `renew`: the first whole day of a renewal window. `expire`: the last day of a validity. `retire`: the first whole day on which a
 * superseded certificate may leave, so that the product has to use its successor.
 */
type DateKind = 'renew' | 'expire' | 'retire';

/** What is to be done on a day, of which an organization or a thousand may be part. */
interface Day {
  readonly kind: DateKind;
  /** Midnight, UTC. */
  readonly start: Date;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly kind: DateKind;
  readonly on: Date;
  readonly lineage: string;
  /** What it is about, in a line. */
  readonly line: string;
  readonly command: string;
  /** When the certificate that brought the date came into being. */
  readonly since: Date;
}

const PRODUCT = '//cdktf-vb365//vb365 status//EN';

/** Calendars show a few thousand characters of a description. */
const MOST_LINES = 20;

/** How often programs that subscribe look again, in seconds. */
const REFRESH_EVERY = 86_400;

/**
 * The dates of every certificate as an iCalendar (RFC 5545): one all-day event for each kind of date and day.
 *
 * It depends on the certificates and the policy only, not on the day on which it is made; an event keeps its UID, so that those
 * who subscribe see it change, and not a second one.
 *
 * @param host name that tells the calendars of two configurations apart
 */
export function certificateCalendar(lineages: readonly DatedLineage[], host: string): string {
  const calendar = ical({ name: 'VB365 certificates', prodId: PRODUCT, ttl: REFRESH_EVERY });
  for (const { kind, start, entries } of daysOf(lineages.flatMap(entriesOf))) {
    calendar.createEvent({
      id: `${kind}-${start.toISOString().slice(0, 10)}@${host}`,
      start,
      allDay: true,
      stamp: new Date(Math.max(...entries.map(({ since }) => since.getTime()))),
      summary: `${TITLES[kind]} ${subjectOf(entries)}`,
      description: describe(kind, entries),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  // RFC 5545 §3.1 ends every line with CRLF, the last one too.
  return `${calendar.toString()}\r\n`;
}

/** Whether a text begins as `certificateCalendar` does. */
export function isCertificateCalendar(text: string): boolean {
  return text.startsWith(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-${PRODUCT}\r\n`);
}

const TITLES: Readonly<Record<DateKind, string>> = { renew: 'Renew', expire: 'Last day of', retire: 'Retire' };

const MEANINGS: Readonly<Record<DateKind, string>> = {
  renew: 'The renewal window has begun.',
  expire: 'The last day of the validity.',
  retire: 'Superseded: from today it may leave Entra and the keystore. The product has to use its successor by now.',
};

function entriesOf({ declaration, generations, findings = [] }: DatedLineage): Entry[] {
  const { name: lineage, policy } = declaration;
  return generations.flatMap((generation, index): Entry[] => {
    const { label, certificate } = generation;
    const { notBefore: since, notAfter } = certificate;
    const successor = generations[index + 1];
    if (successor !== undefined) {
      const on = oldestRetirableFrom([generation, successor], policy.retireAfterDays) ?? notAfter;
      const line = `${lineage} ${label}, superseded by ${successor.label}`;
      const command = 'vb365 retire';
      return [{ kind: 'retire', on, lineage, line, command, since: successor.certificate.notBefore }];
    }
    const unfit = findings.flatMap(({ message, severity }) =>
      severity === 'error' ? [`; does not fit: ${message}`] : [],
    );
    const line = `${lineage} ${label}, valid to ${formatInstant(notAfter)}${unfit.join('')}; without it stops: ${brokenWithout(declaration).join('; ')}`;
    const command = sourceOf(policy).successors(lineage);
    const renewFrom = new Date(notAfter.getTime() - policy.renewBeforeDays * DAY);
    return [
      { kind: 'renew', on: renewFrom, lineage, line, command, since },
      { kind: 'expire', on: notAfter, lineage, line, command, since },
    ];
  });
}

/** In the order of time; what falls on the same day in the order of the configuration. */
function daysOf(entries: readonly Entry[]): Day[] {
  return [...groupBy(entries, (entry) => `${formatInstant(dayOf(entry)).slice(0, 10)} ${entry.kind}`)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, group]) => {
      const [first] = group;
      return first === undefined ? [] : [{ kind: first.kind, start: new Date(key.slice(0, 10)), entries: group }];
    });
}

/** What begins during a day is to be done from the next one on: a command that is run that morning finds nothing to do yet. */
function dayOf({ kind, on }: Entry): Date {
  return kind === 'expire' ? on : new Date(Math.ceil(on.getTime() / DAY) * DAY);
}

function subjectOf(entries: readonly Entry[]): string {
  const [first] = entries;
  return entries.length === 1 && first !== undefined ? first.lineage : `${entries.length} certificates`;
}

function describe(kind: DateKind, entries: readonly Entry[]): string {
  const more = entries.length - MOST_LINES;
  const commands = [...new Set(entries.map(({ command }) => command))];
  return [
    MEANINGS[kind],
    '',
    ...entries.slice(0, MOST_LINES).map(({ line }) => line),
    ...(more > 0 ? [`and ${more} more: run "vb365 status"`] : []),
    '',
    ...commands.slice(0, MOST_LINES).map((command) => `Run: ${command}`),
  ].join('\n');
}
