const { ORDER } = require('./folder-order.cjs');

/** Which package may be imported where: each outside technology has one door. */
const DOORS = [
  { package: 'onnxruntime-node', only: '^src/runtime/' },
  { package: 'fluent-ffmpeg', only: '^src/source/' },
  { package: 'rxjs', only: '^src/(pipeline|store|delivery)/' },
  { package: '@nestjs/', only: '(\\.module|\\.controller|\\.gateway)\\.ts$|^src/main\\.ts$' },
];

module.exports = {
  forbidden: [
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
