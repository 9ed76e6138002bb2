import { relative } from 'node:path';
import type { CallExpression, Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isInterfaceDeclaration,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertySignatureDeclaration,
  isSpreadAssignment,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

/** One place in the code that asks for a text. */
export interface KeyUsage {
  /** Where, for whoever has to mend it. */
  readonly where: string;
  /** The key; `*` stands for a name that is known only when the bot runs. */
  readonly pattern: string;
  /** The names of what the text is given; absent where that can't be told from the types. */
  readonly facts?: ReadonlySet<string>;
  /** The variants that are asked for, where there are any. */
  readonly contexts?: readonly string[];
}

/** What a key that ends like this stands for: a command or an option, see `localize`. */
const NAMED = ['name', 'description'];

/**
 * Finds every key that sources ask for: in calls of `t`, in any other literal that begins like a key, and in `Refusals`.
 * The compiler says which values a variable part of a key can have.
 *
 * @param project the folder with a `tsconfig.json`
 * @param sources the folder whose files are searched
 * @param files the names before the colon that there are
 */
export function findKeyUsages(project: string, sources: string, files: ReadonlySet<string>): KeyUsage[] {
  const compiler = new API({ cwd: project });
  try {
    const snapshot = compiler.updateSnapshot({ openProject: `${project}/tsconfig.json` });
    const [opened] = snapshot.getProjects();
    if (!opened) throw new Error(`There is no project in ${project}.`);
    const { program, checker } = opened;
    return program
      .getSourceFileNames()
      .filter((name) => name.startsWith(`${sources}/`))
      .flatMap((name) => {
        const file = program.getSourceFile(name);
        return file ? [...new Search(file, relative(project, name), checker, files).usages()] : [];
      });
  } finally {
    compiler.close();
  }
}

/** The search of one file. */
class Search {
  readonly #file: SourceFile;
  readonly #name: string;
  readonly #checker: Checker;
  readonly #files: ReadonlySet<string>;

  constructor(file: SourceFile, name: string, checker: Checker, files: ReadonlySet<string>) {
    this.#file = file;
    this.#name = name;
    this.#checker = checker;
    this.#files = files;
  }

  *usages(node: Node = this.#file): Generator<KeyUsage> {
    if (isInterfaceDeclaration(node) && node.name.text === 'Refusals') yield* this.#refusals(node.members);
    if (isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === 't') {
      yield* this.#asked(node);
      for (const facts of node.arguments.slice(1)) yield* this.usages(facts);
      return;
    }
    if (isText(node)) yield* this.#literal(node);
    const children: Node[] = [];
    node.forEachChild((child) => void children.push(child));
    for (const child of children) yield* this.usages(child);
  }

  *#asked(call: CallExpression): Generator<KeyUsage> {
    const [key, facts] = call.arguments;
    if (!key) return;
    const given = facts ? this.#givenBy(facts) : { facts: new Set<string>() };
    for (const pattern of this.#patterns(key) ?? []) yield { where: this.#where(call), pattern, ...given };
  }

  *#literal(node: Expression): Generator<KeyUsage> {
    for (const pattern of this.#patterns(node) ?? []) {
      if (!this.#files.has(pattern.split(':')[0] ?? '') || !pattern.includes(':')) continue;
      const ends = /[:.]$/.test(pattern) ? NAMED : [''];
      for (const end of ends) yield { where: this.#where(node), pattern: `${pattern}${end}` };
    }
  }

  *#refusals(members: readonly Node[]): Generator<KeyUsage> {
    for (const member of members) {
      if (!isPropertySignatureDeclaration(member) || !isIdentifier(member.name) || !member.type) continue;
      const given = this.#given(this.#checker.getTypeFromTypeNode(member.type));
      yield { where: this.#where(member), pattern: `refusals:${member.name.text}`, ...given };
    }
  }

  /** @returns undefined where a variable holds the whole key: then it is found where it comes from */
  #patterns(node: Expression): string[] | undefined {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [node.text];
    if (isParenthesizedExpression(node)) return this.#patterns(node.expression);
    if (isConditionalExpression(node)) {
      return [node.whenTrue, node.whenFalse].flatMap((branch) => this.#patterns(branch) ?? []);
    }
    if (!isTemplateExpression(node)) return literalsOf(this.#checker.getTypeAtLocation(node));
    let patterns = [node.head.text];
    for (const { expression, literal } of node.templateSpans) {
      const values = this.#patterns(expression) ?? ['*'];
      patterns = patterns.flatMap((begun) => values.map((value) => `${begun}${value}${literal.text}`));
    }
    return patterns;
  }

  /** What is spread from something of unknown names is lost in the type of the whole. */
  #givenBy(facts: Expression): Pick<KeyUsage, 'facts' | 'contexts'> {
    const spread = isObjectLiteralExpression(facts) ? facts.properties.filter(isSpreadAssignment) : [];
    const known = spread.every(
      ({ expression }) => this.#given(this.#checker.getTypeAtLocation(expression)).facts,
    );
    return known ? this.#given(this.#checker.getTypeAtLocation(facts)) : {};
  }

  #given(type: Type | undefined): Pick<KeyUsage, 'facts' | 'contexts'> {
    if (!type || type.flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
    const types = type.isUnionType() ? type.getTypes() : [type];
    const indexes = types.flatMap((each) => this.#checker.getIndexInfosOfType(each));
    if (indexes.some(({ valueType }) => !(valueType.flags & TypeFlags.Never))) return {};
    const properties = types.flatMap((each) => this.#checker.getPropertiesOfType(each));
    const context = properties.find(({ name }) => name === 'context');
    const contexts = context && literalsOf(this.#checker.getTypeOfSymbol(context));
    return { facts: new Set(properties.map(({ name }) => name)), ...(contexts ? { contexts } : {}) };
  }

  #where(node: Node): string {
    const line = this.#file.text.slice(0, node.getStart(this.#file)).split('\n').length;
    return `${this.#name}:${line}`;
  }
}

function isText(node: Node): node is Expression {
  return isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);
}

/** The texts that a type consists of, where it consists of nothing else. */
function literalsOf(type: Type | undefined): string[] | undefined {
  if (!type) return undefined;
  const types = type.isUnionType() ? type.getTypes() : [type];
  const texts = types.filter((each) => each.isStringLiteralType()).map(({ value }) => value);
  return texts.length === types.length ? texts : undefined;
}
