import { z } from 'zod';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';

/** What zod's issues of the schema carry beside their message. */
export interface IssueParameters {
  readonly id: ErrorCode;
  readonly cure: string;
  /** Where it points to. @default 'value' */
  readonly place?: 'key' | 'value';
}

/** A text that `read` brings into its canonical form, or refuses with a Vb365Error. */
export function text(read: (text: string) => string): z.ZodPipe<z.ZodString, z.ZodTransform<string, string>> {
  return z.string().transform((value, context) => {
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      const params: IssueParameters = { id: error.code, cure: error.cure };
      context.addIssue({ code: 'custom', message: error.message, params: { ...params } });
      return z.NEVER;
    }
  });
}

/** A list without duplicates. */
export function list<Item extends z.ZodType<string>>(item: Item): z.ZodArray<Item> {
  return z
    .array(item)
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (values.indexOf(value) === index) return;
        const params: IssueParameters = { id: 'configuration-value-duplicate', cure: 'name it once' };
        context.addIssue({ code: 'custom', message: 'stands in the list twice', path: [index], params: { ...params } });
      });
    })
    .meta({ uniqueItems: true });
}
