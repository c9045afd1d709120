const { ORDER } = require('./folder-order.cjs');

/** Which package may be imported where: each outside technology has one door. */
const DOORS = [
  { package: 'onnxruntime-node', only: '^src/runtime/' },
  { package: 'fluent-ffmpeg', only: '^src/source/' },
  { package: 'rxjs', only: '^src/(pipeline|store|delivery)/' },
  { package: '@nestjs/', only: '(\\.module|\\.controller|\\.gateway)\\.ts$|^src/main\\.ts$' },
];

/** Files of the server that run in the browser too: they import nothing but each other and types. */
const SHARED_WITH_PAGE = [
  'src/delivery/subtitles/(subtitles|timecode)',
  'src/pipeline/draw/(palette|scene-at)',
  'src/source/frame-on-screen',
];

module.exports = {
  forbidden: [
    {
      name: 'dashboard-takes-types',
      comment: 'of the server the page takes types, and the few files that run in a browser',
      severity: 'error',
      from: { path: '^dashboard/' },
      to: {
        path: '^src/',
        pathNot: `^(${SHARED_WITH_PAGE.join('|')})\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'page-files-run-in-browsers',
      severity: 'error',
      from: { path: `^(${SHARED_WITH_PAGE.join('|')})\\.ts$` },
      to: { pathNot: `^(${SHARED_WITH_PAGE.join('|')})\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-without-dashboard',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^dashboard/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...ORDER.map(({ folder, mayImport }) => ({
      name: `order-${folder}`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${[folder, ...mayImport].join('|')})/` },
    })),
    ...DOORS.map((door) => ({
      name: `door-${door.package.replace(/\W/g, '')}`,
      severity: 'error',
      from: { path: '^src/', pathNot: door.only },
      to: { path: `node_modules/${door.package}` },
    })),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
