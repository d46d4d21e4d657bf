import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import { checkJsonata } from "~/components/code-editor/jsonata-check";
import { allFields, isShown } from "./form-state";
import { type CheckContext, isChanged } from "./validation";

type Expression = { path: FieldPath; text: string; place: string };

/** Expressions that their language cannot read, by field. Its parser is loaded when there is something to read. */
export async function codeProblems(
  context: CheckContext,
  specs: FieldSpec[] = allFields(context.capabilities),
): Promise<{ path: FieldPath; message: string }[]> {
  const found = await Promise.all(
    specs
      .flatMap((spec) => expressionsOf(spec, context))
      .map(async ({ path, text, place }) => {
        const fault = await checkJsonata(text);
        if (!fault) return [];
        const line = text.slice(0, fault.from).split("\n").length;
        const where = text.includes("\n") ? `${place}Line ${line}: ` : place;
        return [{ path, message: `${where}This is not JSONata: ${fault.message}` }];
      }),
  );
  // A field says one thing at a time: the first that is wrong with it.
  return found.flat().filter(({ path }, at, all) => all.findIndex((other) => other.path === path) === at);
}

/** What of a field is written in JSONata. What is stored and untouched is the provider's to judge. */
function expressionsOf(spec: FieldSpec, context: CheckContext): Expression[] {
  const { capabilities, values, creating } = context;
  const value = values[spec.path];
  if (!value || spec.unavailable !== null || !isShown(spec, values, capabilities)) return [];
  if (!creating && !isChanged(spec.path, context)) return [];
  const { path } = spec;
  if (spec.kind.type === "code") {
    return value.type === "text" && value.value.trim() !== "" ? [{ path, text: value.value, place: "" }] : [];
  }
  if (value.type !== "conditions") return [];
  return value.value.rows.flatMap((row, at) =>
    row.kind === "expression" && row.expression.trim() !== ""
      ? [{ path, text: row.expression, place: `Condition ${at + 1}: ` }]
      : [],
  );
}
