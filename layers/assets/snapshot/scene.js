// From the content of a snapshot to the scene that the map draws (layers/scene.py names its parts).
(function (page) {
  "use strict";

  const INLINE = 2000; // parcels that are drawn one by one
  const METRES_AT_ZOOM_0 = 131000; // of a pixel: about as on web maps of this latitude
  const BUILT = "parcels";
  const EMPTY_EXTENT = { envelope: null, block: null, candidate: null, conflict: null };

  // A plane of metres whose zoom levels mean what they mean on other maps here.
  function localSystem() {
    return L.Util.extend({}, L.CRS.Simple, {
      scale: (zoom) => 2 ** zoom / METRES_AT_ZOOM_0,
      zoom: (scale) => Math.log2(scale * METRES_AT_ZOOM_0),
    });
  }

  // Lengths and areas of a plane, for the measuring tool.
  function measurePlane() {
    const corners = (points) => points.map((point, i) => [point, points[(i + 1) % points.length]]);
    const projection = {
      survey: (lat, lng) => ({ x: lat, y: lng }),
      length: (points) => points.slice(1).reduce((sum, to, i) => sum + Math.hypot(to.lat - points[i].lat, to.lng - points[i].lng), 0),
      area: (points) => Math.abs(corners(points).reduce((sum, [a, b]) => sum + a.lng * b.lat - b.lng * a.lat, 0)) / 2,
    };
    window.planner.projection = { ...window.planner.projection, ...projection };
  }

  function signOf(use = {}) {
    const { codes, uses } = page.signs;
    const found = codes[`${use.scheme ?? ""} ${use.code ?? ""}`];
    if (found && found !== "unknown") return found;
    return uses[String(use.text ?? "").replace(/用地$/, "")] ?? "unknown";
  }

  // Where a parcel is drawn: its outline, the drawing aid of a schematic one, else where it may lie.
  function drawnShape(parcel) {
    if (parcel.shape) return [parcel.shape, parcel.geometry_class];
    if (parcel.box) return [parcel.box, "schematic"];
    return [null, parcel.geometry_class];
  }

  class Scenes {
    constructor(content, parcels) {
      this.content = content;
      this.parcels = parcels;
      this.local = Boolean(content.frame?.local);
      this.drawn = parcels.all.map(drawnShape);
      this.scenarios = (content.scenarios ?? []).map((one) => String(one.name ?? one.id));
      this.only = 0;
      this.groups = [...withoutServer(content.drawn?.groups ?? []), ...this.parcelGroups()];
    }

    feature(at) {
      const { parcels } = this;
      const [geometry, geometryClass] = this.drawn[at];
      const properties = {
        id: parcels.key(at),
        number: parcels.number(at),
        label: "",
        tooltip: parcels.name(at),
        use: signOf(parcels.all[at].use),
        geometry_class: geometryClass,
        accuracy_m: parcels.all[at].accuracy_m ?? null,
        basis: "known",
        status: "existing",
        vertical: null,
        anchor: middle(geometry),
      };
      return { type: "Feature", geometry, properties };
    }

    parcelGroups() {
      const { all } = this.parcels;
      const placed = all.map((_, at) => at).filter((at) => this.drawn[at][0]);
      if (!placed.length) return [];
      const title = page.words.t("parcels");
      const layer = { id: BUILT, title, kind: "parcel", visible: true, count: placed.length, source: "", digest: BUILT };
      this.many = placed.length > INLINE ? this.manyOf() : null;
      const features = this.many ? [] : placed.map((at) => this.feature(at));
      const group = { id: "snapshot", title: String(this.content.title ?? ""), layers: [{ ...layer, features, many: this.many }] };
      return [group];
    }

    manyOf() {
      const { all } = this.parcels;
      const sign = all.map((parcel) => signOf(parcel.use));
      const classes = this.drawn.map(([, name]) => name);
      const signs = [...new Set(sign)].map((use) => ({ use, geometry_class: classes[0] }));
      const more = [...new Set(classes)].map((name) => ({ use: sign[0], geometry_class: name }));
      return {
        geometries: this.drawn.map(([geometry]) => geometry),
        sign,
        signs: [...signs, ...more],
        feature: (at) => this.feature(at),
        position: (id) => this.parcels.byKey.get(id),
        faint: null,
      };
    }

    // What the map shows now: which parcel is chosen, which are out of the filter.
    scene({ chosen, dimmed, look }) {
      const { content, parcels } = this;
      const parcel = parcels.all[chosen];
      const open = parcel && !parcel.shape ? parcel.place : null;
      return {
        lang: content.lang,
        texts: this.texts(),
        style: page.signs.style,
        notice: content.drawn?.notice || (this.local ? content.disclaimer : ""),
        groups: this.groups.filter((group) => this.isShown(group)),
        selected: parcel ? { layer: BUILT, id: parcels.key(chosen) } : null,
        dimmed,
        extent: { ...EMPTY_EXTENT, envelope: open ?? null },
        focus: look && this.focus(chosen, look),
        patterns: false,
        base_maps: [],
        sketch: null,
      };
    }

    // Of scenarios the one that is looked at; everything else always.
    isShown({ id }) {
      const own = /^scenario-(\d+)$/.exec(id);
      return !own || !this.scenarios.length || Number(own[1]) === this.only + 1;
    }

    texts() {
      const own = this.local ? { coordinates: page.words.t("local_metres") } : {};
      return { ...page.signs.texts, ...own };
    }

    focus(chosen, serial) {
      const bbox = boundsOf([this.drawn[chosen]?.[0] ?? this.parcels.all[chosen]?.place]);
      return bbox && { bbox, serial, fit: false };
    }

    // What the map opens on: the parcels, else all that is drawn.
    bounds() {
      const own = boundsOf(this.parcels.shown.map((at) => this.drawn[at]?.[0] ?? null));
      if (own) return own;
      const subject = this.groups.filter((group) => group.id !== "reference");
      const all = (subject.length ? subject : this.groups).flatMap((group) => group.layers.flatMap((layer) => layer.features.map((one) => one.geometry)));
      return boundsOf(all) ?? boundsOf(this.parcels.all.map((one) => one.place));
    }
  }

  // Layers that stayed on a server are no part of a file; the list of sources names them.
  function withoutServer(groups) {
    return groups
      .map((group) => ({ ...group, layers: (group.layers ?? []).filter((layer) => layer.features) }))
      .filter((group) => group.layers.length);
  }

  function boundsOf(geometries) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const take = (places) => {
      if (typeof places?.[0] !== "number") {
        (places ?? []).forEach(take);
        return;
      }
      [box[0], box[1]] = [Math.min(box[0], places[0]), Math.min(box[1], places[1])];
      [box[2], box[3]] = [Math.max(box[2], places[0]), Math.max(box[3], places[1])];
    };
    for (const one of geometries) if (one) (one.geometries ?? [one]).forEach((part) => take(part.coordinates));
    return box[0] <= box[2] ? box : null;
  }

  // A place for the number: the centre of gravity of the largest part, if it lies inside.
  function middle(geometry) {
    if (!geometry || !/Polygon$/.test(geometry.type)) return null;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const measured = parts.map(([ring]) => ({ ring, ...gravity(ring) }));
    const { ring, centre } = measured.reduce((most, one) => (one.area > most.area ? one : most));
    return isInside(centre, ring) ? centre : ring[0];
  }

  function gravity(ring) {
    const [x0, y0] = ring[0];
    let [twice, x, y] = [0, 0, 0];
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay, bx, by] = [ring[i - 1][0] - x0, ring[i - 1][1] - y0, ring[i][0] - x0, ring[i][1] - y0];
      const cross = ax * by - bx * ay;
      twice += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    return { area: Math.abs(twice), centre: twice ? [x0 + x / (3 * twice), y0 + y / (3 * twice)] : [x0, y0] };
  }

  function isInside([x, y], ring) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  }

  page.Scenes = Scenes;
  page.geometry = { boundsOf, localSystem, measurePlane, signOf, middle, EMPTY_EXTENT };
})((window.snapshotPage = window.snapshotPage || {}));
