/**
 * Checks the types of a share of the files and lints it, or all of them without one: `node scripts/check/lint-and-types.mjs 1/2`. One TypeScript program
 * serves both, so that a file is parsed once and a type is worked out once. The other shares are other processes'.
 */
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');
const [share, shares] = (process.argv[2] ?? '1/1').split('/').map(Number);

const program = readProgram();
const { mine, others } = splitFiles();
print(printedProblems(typeProblems()));
const linter = linterOf();
const formatter = await linter.loadFormatter('stylish');
print(await formatter.format(await linter.lintFiles(['.'])));

function readProgram() {
  const refuse = (problem) => {
    throw new Error(printedProblems([problem]));
  };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse };
  const changed = { noEmit: true, incremental: false, tsBuildInfoFile: undefined };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), changed, host);
  return ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(config),
  });
}

/** Neighbours use the same types: a share is a run of files by their paths, as long as each other share in characters. */
function splitFiles() {
  const ours = program.getSourceFiles().filter((file) => !file.fileName.includes('/node_modules/'));
  ours.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const total = ours.reduce((sum, file) => sum + file.text.length, 0);
  const split = { mine: [], others: [] };
  let before = 0;
  for (const file of ours) {
    const shareOf = Math.floor((before / total) * shares) + 1;
    (shareOf === share ? split.mine : split.others).push(file);
    before += file.text.length;
  }
  return split;
}

/** What tsc says, of this share's files; what is said of no file is the first share's. */
function typeProblems() {
  const ofFiles = mine.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  if (share !== 1) return ofFiles;
  const ofNone = [program.getConfigFileParsingDiagnostics(), program.getOptionsDiagnostics()].flat();
  return [...ofNone, ...program.getGlobalDiagnostics(), ...ofFiles];
}

/** The first share is all that `eslint .` lints except the others' files: a file that no program has is told there. */
function linterOf() {
  const names = new Set((share === 1 ? others : mine).map((file) => path.normalize(file.fileName)));
  const isFolder = (name) => name.endsWith('/');
  const leftOut = (name) => !isFolder(name) && names.has(name) === (share === 1);
  return new ESLint({
    cwd: root,
    overrideConfig: [
      { ignores: [leftOut] },
      { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
    ],
  });
}

function printedProblems(problems) {
  return ts.formatDiagnosticsWithColorAndContext(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });
}

function print(told) {
  if (told === '') return;
  console.log(told);
  process.exitCode = 1;
}
