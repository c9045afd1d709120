/** How a kind of thing is called: one, many, and its gender, which articles and paints agree with. */
export interface Noun<Gender extends string> {
  readonly one: string;
  readonly many: string;
  readonly gender: Gender;
}

/** English name: Spanish, German and French, each `one/many/gender`. */
const TABLE: Readonly<Record<string, readonly [string, string, string]>> = {
  cow: ['vaca/vacas/f', 'Kuh/Kühe/f', 'vache/vaches/f'],
  horse: ['caballo/caballos/m', 'Pferd/Pferde/n', 'cheval/chevaux/m'],
  pig: ['cerdo/cerdos/m', 'Schwein/Schweine/n', 'cochon/cochons/m'],
  sheep: ['oveja/ovejas/f', 'Schaf/Schafe/n', 'mouton/moutons/m'],
  rabbit: ['conejo/conejos/m', 'Hase/Hasen/m', 'lapin/lapins/m'],
  dog: ['perro/perros/m', 'Hund/Hunde/m', 'chien/chiens/m'],
  cat: ['gato/gatos/m', 'Katze/Katzen/f', 'chat/chats/m'],
  tiger: ['tigre/tigres/m', 'Tiger/Tiger/m', 'tigre/tigres/m'],
  elephant: ['elefante/elefantes/m', 'Elefant/Elefanten/m', 'éléphant/éléphants/m'],
  camel: ['camello/camellos/m', 'Kamel/Kamele/n', 'chameau/chameaux/m'],
  monkey: ['mono/monos/m', 'Affe/Affen/m', 'singe/singes/m'],
  duck: ['pato/patos/m', 'Ente/Enten/f', 'canard/canards/m'],
  rooster: ['gallo/gallos/m', 'Hahn/Hähne/m', 'coq/coqs/m'],
  penguin: ['pingüino/pingüinos/m', 'Pinguin/Pinguine/m', 'pingouin/pingouins/m'],
  owl: ['búho/búhos/m', 'Eule/Eulen/f', 'hibou/hiboux/m'],
  fish: ['pez/peces/m', 'Fisch/Fische/m', 'poisson/poissons/m'],
  whale: ['ballena/ballenas/f', 'Wal/Wale/m', 'baleine/baleines/f'],
  turtle: ['tortuga/tortugas/f', 'Schildkröte/Schildkröten/f', 'tortue/tortues/f'],
  snake: ['serpiente/serpientes/f', 'Schlange/Schlangen/f', 'serpent/serpents/m'],
  crab: ['cangrejo/cangrejos/m', 'Krabbe/Krabben/f', 'crabe/crabes/m'],
  bee: ['abeja/abejas/f', 'Biene/Bienen/f', 'abeille/abeilles/f'],
  butterfly: ['mariposa/mariposas/f', 'Schmetterling/Schmetterlinge/m', 'papillon/papillons/m'],
  car: ['coche/coches/m', 'Auto/Autos/n', 'voiture/voitures/f'],
  bus: ['autobús/autobuses/m', 'Bus/Busse/m', 'bus/bus/m'],
  truck: ['camión/camiones/m', 'Lastwagen/Lastwagen/m', 'camion/camions/m'],
  'fire engine': [
    'coche de bomberos/coches de bomberos/m',
    'Feuerwehrauto/Feuerwehrautos/n',
    'camion de pompiers/camions de pompiers/m',
  ],
  tractor: ['tractor/tractores/m', 'Traktor/Traktoren/m', 'tracteur/tracteurs/m'],
  bicycle: ['bicicleta/bicicletas/f', 'Fahrrad/Fahrräder/n', 'vélo/vélos/m'],
  motorcycle: ['moto/motos/f', 'Motorrad/Motorräder/n', 'moto/motos/f'],
  train: ['tren/trenes/m', 'Zug/Züge/m', 'train/trains/m'],
  boat: ['barco/barcos/m', 'Boot/Boote/n', 'bateau/bateaux/m'],
  airplane: ['avión/aviones/m', 'Flugzeug/Flugzeuge/n', 'avion/avions/m'],
  rocket: ['cohete/cohetes/m', 'Rakete/Raketen/f', 'fusée/fusées/f'],
  man: ['hombre/hombres/m', 'Mann/Männer/m', 'homme/hommes/m'],
  dancer: ['bailarina/bailarinas/f', 'Tänzerin/Tänzerinnen/f', 'danseuse/danseuses/f'],
  robot: ['robot/robots/m', 'Roboter/Roboter/m', 'robot/robots/m'],
  ghost: ['fantasma/fantasmas/m', 'Gespenst/Gespenster/n', 'fantôme/fantômes/m'],
  snowman: [
    'muñeco de nieve/muñecos de nieve/m',
    'Schneemann/Schneemänner/m',
    'bonhomme de neige/bonshommes de neige/m',
  ],
  ball: ['pelota/pelotas/f', 'Ball/Bälle/m', 'ballon/ballons/m'],
  balloon: ['globo/globos/m', 'Luftballon/Luftballons/m', 'ballon de fête/ballons de fête/m'],
  apple: ['manzana/manzanas/f', 'Apfel/Äpfel/m', 'pomme/pommes/f'],
  banana: ['plátano/plátanos/m', 'Banane/Bananen/f', 'banane/bananes/f'],
  tree: ['árbol/árboles/m', 'Baum/Bäume/m', 'arbre/arbres/m'],
  cactus: ['cactus/cactus/m', 'Kaktus/Kakteen/m', 'cactus/cactus/m'],
  flower: ['flor/flores/f', 'Blume/Blumen/f', 'fleur/fleurs/f'],
  mushroom: ['seta/setas/f', 'Pilz/Pilze/m', 'champignon/champignons/m'],
  house: ['casa/casas/f', 'Haus/Häuser/n', 'maison/maisons/f'],
  umbrella: ['paraguas/paraguas/m', 'Regenschirm/Regenschirme/m', 'parapluie/parapluies/m'],
  star: ['estrella/estrellas/f', 'Stern/Sterne/m', 'étoile/étoiles/f'],
  key: ['llave/llaves/f', 'Schlüssel/Schlüssel/m', 'clé/clés/f'],
  guitar: ['guitarra/guitarras/f', 'Gitarre/Gitarren/f', 'guitare/guitares/f'],
  cake: ['tarta/tartas/f', 'Torte/Torten/f', 'gâteau/gâteaux/m'],
  lion: ['león/leones/m', 'Löwe/Löwen/m', 'lion/lions/m'],
  bear: ['oso/osos/m', 'Bär/Bären/m', 'ours/ours/m'],
  panda: ['panda/pandas/m', 'Panda/Pandas/m', 'panda/pandas/m'],
  fox: ['zorro/zorros/m', 'Fuchs/Füchse/m', 'renard/renards/m'],
  frog: ['rana/ranas/f', 'Frosch/Frösche/m', 'grenouille/grenouilles/f'],
  kangaroo: ['canguro/canguros/m', 'Känguru/Kängurus/n', 'kangourou/kangourous/m'],
  giraffe: ['jirafa/jirafas/f', 'Giraffe/Giraffen/f', 'girafe/girafes/f'],
  zebra: ['cebra/cebras/f', 'Zebra/Zebras/n', 'zèbre/zèbres/m'],
  octopus: ['pulpo/pulpos/m', 'Krake/Kraken/m', 'pieuvre/pieuvres/f'],
  snail: ['caracol/caracoles/m', 'Schnecke/Schnecken/f', 'escargot/escargots/m'],
  ladybug: ['mariquita/mariquitas/f', 'Marienkäfer/Marienkäfer/m', 'coccinelle/coccinelles/f'],
  parrot: ['loro/loros/m', 'Papagei/Papageien/m', 'perroquet/perroquets/m'],
  crocodile: ['cocodrilo/cocodrilos/m', 'Krokodil/Krokodile/n', 'crocodile/crocodiles/m'],
  helicopter: ['helicóptero/helicópteros/m', 'Hubschrauber/Hubschrauber/m', 'hélicoptère/hélicoptères/m'],
  'flying saucer': [
    'platillo volante/platillos volantes/m',
    'Untertasse/Untertassen/f',
    'soucoupe volante/soucoupes volantes/f',
  ],
  skateboard: ['monopatín/monopatines/m', 'Skateboard/Skateboards/n', 'skateboard/skateboards/m'],
  astronaut: ['astronauta/astronautas/m', 'Astronaut/Astronauten/m', 'astronaute/astronautes/m'],
  alien: ['extraterrestre/extraterrestres/m', 'Alien/Aliens/n', 'extraterrestre/extraterrestres/m'],
  clown: ['payaso/payasos/m', 'Clown/Clowns/m', 'clown/clowns/m'],
  strawberry: ['fresa/fresas/f', 'Erdbeere/Erdbeeren/f', 'fraise/fraises/f'],
  carrot: ['zanahoria/zanahorias/f', 'Karotte/Karotten/f', 'carotte/carottes/f'],
  pizza: ['pizza/pizzas/f', 'Pizza/Pizzen/f', 'pizza/pizzas/f'],
  bell: ['campana/campanas/f', 'Glocke/Glocken/f', 'cloche/cloches/f'],
  chair: ['silla/sillas/f', 'Stuhl/Stühle/m', 'chaise/chaises/f'],
  clock: ['reloj/relojes/m', 'Uhr/Uhren/f', 'horloge/horloges/f'],
  gift: ['regalo/regalos/m', 'Geschenk/Geschenke/n', 'cadeau/cadeaux/m'],
  drum: ['tambor/tambores/m', 'Trommel/Trommeln/f', 'tambour/tambours/m'],
  crown: ['corona/coronas/f', 'Krone/Kronen/f', 'couronne/couronnes/f'],
  hat: ['sombrero/sombreros/m', 'Hut/Hüte/m', 'chapeau/chapeaux/m'],
  pineapple: ['piña/piñas/f', 'Ananas/Ananas/f', 'ananas/ananas/m'],
  castle: ['castillo/castillos/m', 'Burg/Burgen/f', 'château/châteaux/m'],
  tent: ['tienda/tiendas/f', 'Zelt/Zelte/n', 'tente/tentes/f'],
};

const COLUMNS = { es: 0, de: 1, fr: 2 } as const;

/**
 * The noun of a kind in a language.
 * @throws RangeError when the table has no such kind
 */
export function nounIn<Gender extends string>(language: keyof typeof COLUMNS, kind: string): Noun<Gender> {
  const [one, many, gender] = TABLE[kind]?.[COLUMNS[language]]?.split('/') ?? [];
  if (one === undefined || many === undefined || gender === undefined)
    throw new RangeError(`there is no ${language} word for ${kind}`);
  return { one, many, gender: gender as Gender };
}
