import fc from 'fast-check';
import { calledFunctions } from '../../lib/plan/called-functions';

describe('calledFunctions', () => {
  it.each([
    ['a text (with brackets)', []],
    ['VB365 ${azuread_application.a.client_id} (contoso)', []],
    ['${azuread_application.a["x(y)"].id}', []],
    ['${file("a")}', ['file']],
    ['${ file ( "a" ) }', ['file']],
    ['$${file("a")} and %%{file("a")}', []],
    ['%{ if fileexists("a") }x%{ endif }', ['fileexists']],
    ['${"a ${filebase64("b")} c"}', ['filebase64']],
    ['${"a \\"${file("b")}\\" c"}', ['file']],
    ['${{ a = { b = upper("}") } }} lower("x")', ['upper']],
    ['${provider::local::direxists("a")}', ['provider::local::direxists']],
    ['${a_b-c(1)}', ['a_b-c']],
    ['${[for x in y : x.z if x.w == "Role"]}', []],
    ['${sort(distinct(concat([], flatten([for x in y : x]))))}', ['sort', 'distinct', 'concat', 'flatten']],
    ['${unclosed(', ['unclosed']],
    ['${"unclosed', []],
  ])('finds in %j', (text, names) => {
    expect(calledFunctions(text)).toEqual(names);
  });

  it('finds a call wherever it stands in an expression, and never in a text', () => {
    const text = fc.string().filter((part) => !/[$%{}"\\]/.test(part));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(calledFunctions(`${before}\${[1, { a = file("x") }]}${after}`)).toEqual(['file']);
        expect(calledFunctions(`${before}file("x")${after}\${a.b}`)).toEqual([]);
      }),
    );
  });
});
