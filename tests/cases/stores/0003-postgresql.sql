-- The same content as 0003-sqlite.sql, as a server writes it out. Never changed once it is released.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.planner_only_adds() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.audit (
    number integer NOT NULL,
    by character varying NOT NULL,
    role character varying NOT NULL,
    at character varying NOT NULL,
    action character varying NOT NULL,
    object character varying NOT NULL,
    what character varying NOT NULL,
    target character varying NOT NULL,
    version integer,
    key character varying NOT NULL,
    refused boolean NOT NULL
);
CREATE SEQUENCE public.audit_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_number_seq OWNED BY public.audit.number;
CREATE TABLE public.draft (
    scenario character varying NOT NULL,
    person character varying NOT NULL,
    content text NOT NULL,
    at character varying NOT NULL
);
CREATE TABLE public.operation (
    number integer NOT NULL,
    id character varying NOT NULL,
    scenario character varying NOT NULL,
    after character varying,
    kind character varying NOT NULL,
    drops text NOT NULL,
    parameters text NOT NULL,
    by character varying NOT NULL,
    at character varying NOT NULL,
    digest character varying NOT NULL
);
CREATE TABLE public.operation_element (
    operation character varying NOT NULL,
    "position" integer NOT NULL,
    element character varying NOT NULL,
    kind character varying NOT NULL,
    shape public.geometry(Geometry,4490) NOT NULL,
    properties text NOT NULL
);
CREATE SEQUENCE public.operation_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.operation_number_seq OWNED BY public.operation.number;
CREATE TABLE public.review_event (
    number integer NOT NULL,
    batch character varying NOT NULL,
    parcel character varying NOT NULL,
    kind character varying NOT NULL,
    by character varying NOT NULL,
    at character varying NOT NULL,
    content text NOT NULL
);
CREATE SEQUENCE public.review_event_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.review_event_number_seq OWNED BY public.review_event.number;
CREATE TABLE public.save_key (
    key character varying NOT NULL,
    scenario character varying NOT NULL,
    version integer NOT NULL,
    digest character varying NOT NULL,
    result text NOT NULL
);
CREATE TABLE public.scenario (
    number integer NOT NULL,
    id character varying NOT NULL,
    name character varying NOT NULL,
    parent character varying,
    base character varying,
    head character varying,
    tip character varying,
    version integer NOT NULL,
    archived boolean NOT NULL,
    settings text NOT NULL,
    owner character varying NOT NULL,
    made_at character varying NOT NULL,
    saved_by character varying NOT NULL,
    saved_at character varying NOT NULL
);
CREATE SEQUENCE public.scenario_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.scenario_number_seq OWNED BY public.scenario.number;
CREATE TABLE public.share (
    number integer NOT NULL,
    id character varying NOT NULL,
    digest character varying NOT NULL,
    source character varying NOT NULL,
    level character varying NOT NULL,
    token_hash character varying NOT NULL,
    made_at character varying NOT NULL,
    made_by character varying NOT NULL,
    until character varying NOT NULL,
    revoked_at character varying,
    revoked_by character varying,
    key character varying NOT NULL,
    asked character varying NOT NULL
);
CREATE SEQUENCE public.share_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.share_number_seq OWNED BY public.share.number;
CREATE TABLE public.snapshot (
    number integer NOT NULL,
    digest character varying NOT NULL,
    kind character varying NOT NULL,
    level character varying NOT NULL,
    title character varying NOT NULL,
    made_at character varying NOT NULL,
    made_by character varying NOT NULL,
    rests_on character varying,
    owner character varying NOT NULL,
    kept_at character varying NOT NULL,
    bytes integer NOT NULL,
    content bytea NOT NULL
);
CREATE SEQUENCE public.snapshot_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.snapshot_number_seq OWNED BY public.snapshot.number;
CREATE TABLE public.store_meta (
    name character varying NOT NULL,
    value character varying NOT NULL
);
ALTER TABLE ONLY public.audit ALTER COLUMN number SET DEFAULT nextval('public.audit_number_seq'::regclass);
ALTER TABLE ONLY public.operation ALTER COLUMN number SET DEFAULT nextval('public.operation_number_seq'::regclass);
ALTER TABLE ONLY public.review_event ALTER COLUMN number SET DEFAULT nextval('public.review_event_number_seq'::regclass);
ALTER TABLE ONLY public.scenario ALTER COLUMN number SET DEFAULT nextval('public.scenario_number_seq'::regclass);
ALTER TABLE ONLY public.share ALTER COLUMN number SET DEFAULT nextval('public.share_number_seq'::regclass);
ALTER TABLE ONLY public.snapshot ALTER COLUMN number SET DEFAULT nextval('public.snapshot_number_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.audit VALUES (1, 'wang@ny.example', 'planner', '2026-11-20T03:00:00Z', 'create', 'scenario', 'create', '11111111111111111111111111111111', 1, 'k0', false);
INSERT INTO public.audit VALUES (2, 'wang@ny.example', 'planner', '2026-11-21T03:00:00Z', 'edit', 'scenario', 'vertices', '11111111111111111111111111111111', 2, 'k1', false);
INSERT INTO public.audit VALUES (3, 'wang@ny.example', 'planner', '2026-11-22T03:00:00Z', 'edit', 'scenario', 'draw', '11111111111111111111111111111111', 3, 'k2', false);
INSERT INTO public.audit VALUES (4, 'wang@ny.example', 'planner', '2026-11-23T03:00:00Z', 'edit', 'scenario', 'move', '11111111111111111111111111111111', 4, 'k3', false);
INSERT INTO public.audit VALUES (5, 'li@ny.example', 'planner', '2026-11-24T03:00:00Z', 'create', 'scenario', 'create', '22222222222222222222222222222222', 1, 'k4', false);
INSERT INTO public.audit VALUES (6, 'li@ny.example', 'planner', '2026-11-25T03:00:00Z', 'archive', 'scenario', 'change', '22222222222222222222222222222222', 2, 'k5', false);
INSERT INTO public.audit VALUES (7, 'guest@ny.example', 'viewer', '2026-11-25T05:00:00Z', 'edit', 'draft', 'draft', '11111111111111111111111111111111', NULL, '', true);
INSERT INTO public.audit VALUES (8, 'adm@ny.example', 'admin', '2026-11-25T06:00:00+00:00', 'edit', 'review', 'comment', 'table2/B2-03', NULL, '', false);
INSERT INTO public.audit VALUES (9, 'wang@ny.example', 'reviewer', '2026-11-28T03:00:00Z', 'create', 'snapshot', 'keep', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', NULL, '', false);
INSERT INTO public.audit VALUES (10, 'wang@ny.example', 'reviewer', '2026-11-28T03:01:00Z', 'share', 'snapshot', 'public', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', NULL, 's1', false);
INSERT INTO public.audit VALUES (11, 'wang@ny.example', 'reviewer', '2026-11-28T03:02:00Z', 'share', 'snapshot', 'internal', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', NULL, 's2', false);
INSERT INTO public.audit VALUES (12, 'wang@ny.example', 'reviewer', '2026-11-29T03:00:00Z', 'revoke', 'snapshot', 'revoke', 'ad956c7dd8a6899b3cb77b3adddd6e09', NULL, '', false);
INSERT INTO public.draft VALUES ('11111111111111111111111111111111', 'li@ny.example', '{"kind":"extension","points":[[112.5,32.9]],"words":"\u672a\u5b8c"}', '2026-11-25T04:00:00Z');
INSERT INTO public.operation VALUES (1, '00000000000000000000000000000a00', '11111111111111111111111111111111', NULL, 'draw', '[]', '{}', 'wang@ny.example', '2026-11-20T03:00:00Z', 'e6707a3d46405db154cb7b5d646a9577b2e953cbe8b5928818a8bbb3c03ee39e');
INSERT INTO public.operation VALUES (2, '00000000000000000000000000000a01', '11111111111111111111111111111111', '00000000000000000000000000000a00', 'vertices', '["00000000000000000000000000000002"]', '{"by_hand":true}', 'wang@ny.example', '2026-11-21T03:00:00Z', 'b001286d3f577754a4b0fdc8c86159cd54c909c87b052d5f896afa46d751910c');
INSERT INTO public.operation VALUES (3, '00000000000000000000000000000a02', '11111111111111111111111111111111', '00000000000000000000000000000a01', 'draw', '[]', '{}', 'wang@ny.example', '2026-11-22T03:00:00Z', 'cf92d997476afa9a60e77b72e71ced77cc2a3f9cc4f087943d2332494a9cc7ed');
INSERT INTO public.operation VALUES (4, '00000000000000000000000000000a03', '22222222222222222222222222222222', '00000000000000000000000000000a01', 'draw', '[]', '{}', 'li@ny.example', '2026-11-23T03:00:00Z', '7f88185abd3fd2bdb09d91d10783f04c967538bc2d15df433d3b9384c87732cd');
INSERT INTO public.operation_element VALUES ('00000000000000000000000000000a00', 0, '00000000000000000000000000000001', 'extension', '01030000208A11000001000000050000006A039D36D0195C40CDCCCCCCCC6C40406A039D36D0195C400E74DA40A76D40409A99999999195C400E74DA40A76D40409A99999999195C40CDCCCCCCCC6C40406A039D36D0195C40CDCCCCCCCC6C4040', '{"name":"\u6269\u533a \u201c\u7532\u201d","accuracy_m":0.30000000000000004,"attributes":{"\u5907\u6ce8":"{{7*7}}","A":"1"}}');
INSERT INTO public.operation_element VALUES ('00000000000000000000000000000a00', 1, '00000000000000000000000000000002', 'road', '01020000208A110000020000009A99999999195C403333333333734040CDCCCCCCCC1C5C4014AE47E17A744040', '{"width_m":40}');
INSERT INTO public.operation_element VALUES ('00000000000000000000000000000a01', 0, '00000000000000000000000000000001', 'extension', '01030000208A11000001000000050000004DA938FBF0195C40CDCCCCCCCC6C40404DA938FBF0195C400E74DA40A76D40407D3F355EBA195C400E74DA40A76D40407D3F355EBA195C40CDCCCCCCCC6C40404DA938FBF0195C40CDCCCCCCCC6C4040', '{"code":"0701","scheme":"mnr2023","year":2027}');
INSERT INTO public.operation_element VALUES ('00000000000000000000000000000a02', 0, '00000000000000000000000000000003', 'green', '01030000208A11000002000000050000000000000000205C4066666666666640406666666666265C4066666666666640406666666666265C4033333333337340400000000000205C4033333333337340400000000000205C4066666666666640400400000052B81E85EB215C400AD7A3703D6A40403333333333235C400AD7A3703D6A40403333333333235C40CDCCCCCCCC6C404052B81E85EB215C400AD7A3703D6A4040', '{"geometry_class":"surveyed","source":"parcel:B2-01"}');
INSERT INTO public.operation_element VALUES ('00000000000000000000000000000a03', 0, '00000000000000000000000000000004', 'parcel', '01060000208A1100000200000001030000000100000005000000CDCCCCCCCC0C5C40CDCCCCCCCC0C4040CDCCCCCCCC0C5C409A999999991940406666666666065C409A999999991940406666666666065C40CDCCCCCCCC0C4040CDCCCCCCCC0C5C40CDCCCCCCCC0C4040010300000001000000050000009A99999999195C40CDCCCCCCCC0C40409A99999999195C409A999999991940403333333333135C409A999999991940403333333333135C40CDCCCCCCCC0C40409A99999999195C40CDCCCCCCCC0C4040', '{}');
INSERT INTO public.review_event VALUES (1, 'table2', 'B2-01', 'opinion', '张三', '2026-10-08T02:11:09+00:00', '{"layers":"l1","parcel":"p1","reason":"\u754c\u5740\u6e05\u695a","rules":"r1","verdict":"agree","verdicts":"v1"}');
INSERT INTO public.review_event VALUES (2, 'table2', 'B2-01', 'comment', '{{7*7}}', '2026-10-08T02:12:00+00:00', '{"text":"<b>\u201c\u770b\u201d</b> ''; DROP TABLE review_event; --\n\u7b2c\u4e8c\u884c"}');
INSERT INTO public.review_event VALUES (3, 'table2', 'B2-02', 'override', '李四', '2026-10-09T01:00:00+00:00', '{"check":"farmland","findings":"f","original":"fail","outcome":"pass","reason":"\u5df2\u8c03\u51fa","rule":"R1","until":"2027-01-31"}');
INSERT INTO public.review_event VALUES (4, 'table2', 'B2-02', 'fact', '李四', '2026-10-09T01:00:00+00:00', '{"key":"far","value":"1.2"}');
INSERT INTO public.review_event VALUES (5, 'rules', 'M0_DG18_FAR', 'limit', '王五', '2026-10-10T03:00:00+00:00', '{"day":"2026-10-10","document":"\u5b9b\u653f\u30142026\u30151\u53f7","original":[2.0,3.0],"reason":"\u5e02\u91cc\u6587\u4ef6","value":[3.0,4.5]}');
INSERT INTO public.review_event VALUES (6, 'table2', 'B2-01', 'withdrawal', '张三', '2026-10-11T03:00:00+00:00', '{"reason":"\u770b\u9519"}');
INSERT INTO public.review_event VALUES (7, 'table2', 'B2-03', 'comment', 'adm@ny.example', '2026-11-25T06:00:00+00:00', '{"text":"\u770b\u8fc7"}');
INSERT INTO public.save_key VALUES ('k0', '11111111111111111111111111111111', 1, '188f6adfcdd05ca701dfeb6e78f11f3bf133922918457ec1c42a19cb58caa346', '{"id":"11111111111111111111111111111111","name":"\u5357\u6269\u4e00","parent":null,"base":null,"head":"00000000000000000000000000000a00","tip":"00000000000000000000000000000a00","version":1,"archived":false,"settings":{"quota":{"2027":120.5},"setback_m":null},"owner":"wang@ny.example","made_at":"2026-11-20T03:00:00Z","saved_by":"wang@ny.example","saved_at":"2026-11-20T03:00:00Z"}');
INSERT INTO public.save_key VALUES ('k1', '11111111111111111111111111111111', 2, '971af261066c4d40f3517affe03f2cdad10010fd266076dfb3577015c3bc8108', '{"id":"11111111111111111111111111111111","name":"\u5357\u6269\u4e00","parent":null,"base":null,"head":"00000000000000000000000000000a01","tip":"00000000000000000000000000000a01","version":2,"archived":false,"settings":{"quota":{"2027":120.5},"setback_m":null},"owner":"wang@ny.example","made_at":"2026-11-20T03:00:00Z","saved_by":"wang@ny.example","saved_at":"2026-11-21T03:00:00Z"}');
INSERT INTO public.save_key VALUES ('k2', '11111111111111111111111111111111', 3, 'd71c724f211a471a29e5e2fe0964357c51bd067bfbae8bbfdf545ef04638b460', '{"id":"11111111111111111111111111111111","name":"\u5357\u6269\u4e00","parent":null,"base":null,"head":"00000000000000000000000000000a02","tip":"00000000000000000000000000000a02","version":3,"archived":false,"settings":{"quota":{"2027":120.5},"setback_m":null},"owner":"wang@ny.example","made_at":"2026-11-20T03:00:00Z","saved_by":"wang@ny.example","saved_at":"2026-11-22T03:00:00Z"}');
INSERT INTO public.save_key VALUES ('k3', '11111111111111111111111111111111', 4, '34bf26aee655829339582bc4a3108fb28aaaede1e195117c50a6886dc8dcdf0e', '{"id":"11111111111111111111111111111111","name":"\u5357\u6269\u4e00","parent":null,"base":null,"head":"00000000000000000000000000000a00","tip":"00000000000000000000000000000a02","version":4,"archived":false,"settings":{"quota":{"2027":120.5},"setback_m":null},"owner":"wang@ny.example","made_at":"2026-11-20T03:00:00Z","saved_by":"wang@ny.example","saved_at":"2026-11-23T03:00:00Z"}');
INSERT INTO public.save_key VALUES ('k4', '22222222222222222222222222222222', 1, '8743b968f52b8d51276b2e59c8a87240ae300bc22d77fe942bd7e0675da67305', '{"id":"22222222222222222222222222222222","name":"\u5357\u6269\u4e8c","parent":"11111111111111111111111111111111","base":"00000000000000000000000000000a01","head":"00000000000000000000000000000a03","tip":"00000000000000000000000000000a03","version":1,"archived":false,"settings":{},"owner":"li@ny.example","made_at":"2026-11-24T03:00:00Z","saved_by":"li@ny.example","saved_at":"2026-11-24T03:00:00Z"}');
INSERT INTO public.save_key VALUES ('k5', '22222222222222222222222222222222', 2, '8db93bab083afd0432a84a915f2bcb4c47a68a1d5eb90447173d6e0a1ceb6c73', '{"id":"22222222222222222222222222222222","name":"\u5357\u6269\u4e8c\uff08\u526f\u672c\uff09","parent":"11111111111111111111111111111111","base":"00000000000000000000000000000a01","head":"00000000000000000000000000000a03","tip":"00000000000000000000000000000a03","version":2,"archived":true,"settings":{},"owner":"li@ny.example","made_at":"2026-11-24T03:00:00Z","saved_by":"li@ny.example","saved_at":"2026-11-25T03:00:00Z"}');
INSERT INTO public.scenario VALUES (1, '11111111111111111111111111111111', '南扩一', NULL, NULL, '00000000000000000000000000000a00', '00000000000000000000000000000a02', 4, false, '{"quota":{"2027":120.5},"setback_m":null}', 'wang@ny.example', '2026-11-20T03:00:00Z', 'wang@ny.example', '2026-11-23T03:00:00Z');
INSERT INTO public.scenario VALUES (2, '22222222222222222222222222222222', '南扩二（副本）', '11111111111111111111111111111111', '00000000000000000000000000000a01', '00000000000000000000000000000a03', '00000000000000000000000000000a03', 2, true, '{}', 'li@ny.example', '2026-11-24T03:00:00Z', 'li@ny.example', '2026-11-25T03:00:00Z');
INSERT INTO public.share VALUES (1, 'ec7c494df6d2a7ea36668d656e6b8979', 'abc843a41a2c044894968344e192a6358a4a469ba06eda68733b6f05b5823f00', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', 'public', 'ec7c494df6d2a7ea36668d656e6b8979e33641bfea378c15038af3964db057a3', '2026-11-28T03:01:00Z', 'wang@ny.example', '2026-12-22', NULL, NULL, 's1', '508ebf24817114bd78e05d03930ee1237bdf3d6bf4c798c847407070b7ecf147');
INSERT INTO public.share VALUES (2, 'ad956c7dd8a6899b3cb77b3adddd6e09', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', 'internal', 'ad956c7dd8a6899b3cb77b3adddd6e09f870844f5b1065c71561fa8dcb98207b', '2026-11-28T03:02:00Z', 'wang@ny.example', '2026-12-22', '2026-11-29T03:00:00Z', 'wang@ny.example', 's2', '973e6258b4823a75e0d61b4e28f072ee5d504b350fd81b76124ed2118e71118b');
INSERT INTO public.snapshot VALUES (1, 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', 'review', 'internal', '表2 “甲”', '2026-11-22T08:00:00Z', '王工', NULL, 'wang@ny.example', '2026-11-28T03:00:00Z', 447, '\x1f8b080000000000020345504d4bc34010fd2bb2e7a42639a8f477785244d674da2edd6c96dd4d4b2d85825ec4d683786c2d55fc3815f46215f5c78424d5937fc1d9b428cc61de7cbc796f7a840add01a549b547c226842dccf60f1c5267a2c644638d38ed96333697f46f48275144551777fb7d87507d18d74995045eb0e5fabe1b04c42135a6434e59040a3bdf37a7c5ede0e77d982d46d9c7385bbc159393fce93abf1ce6f35971f69a7d4e8ad1dcae29da11565343c5895c9f13b16121200fc16bf55845d420905485c05dc9a910a05c2da8d4cdd86cfa48c3844c4ce94d43a8c08ea7d3fb55359d3e589e161ac5b28236830eb1564503f171d3e6d0068e8009034a508ea588d6c0f25129b1e155b62b1e564b21ffbe77bd9daae761ec61ef08ff439617e7f9cb9dbdb792bb76a4401bfc1a3a1509e7f8d0ae361059870e31cc706bf66bf6186ca483f1f2ea391d4cb0510a2d17fabfdb7bba66bf010000');
INSERT INTO public.snapshot VALUES (2, 'abc843a41a2c044894968344e192a6358a4a469ba06eda68733b6f05b5823f00', 'review', 'public', '表2 “甲”', '2026-11-22T08:00:00Z', '', 'f8fc080decb61fa9fe05cfd58f650c054eab1efa0659dcdc628a3c0edc3b1b1c', 'wang@ny.example', '2026-11-28T03:01:00Z', 800, '\x1f8b0800000000000203a552c16e133110fd15e47352bc5b366cf31d9c40a89ab5c75db35eefcaf6360a51a44a70416a8584b8d12055e2c0a9129c4a05fd982a49b9f10b8c37697ae186e4c378c6f3debce79931b07e82ceb3f18c8110d806946ccc074c94282a4abf7839604a5ba9edd1f66660da37c4b885dda3169c40e3fb6687af50f448b1e2bbba06378d140ab4e95fd8261c42db1a2da030d8a75af09beece56b699d83e9e80b3444df19c2e8dab8cf621c2d215fc61a3d898a53c1d0d936498a66cc0a4f6c280aed151e5eecbf5faedfbd5a79b3f3f4f975767cb5fe7cbabebf5e2cdeadbe7d587d3d5e5c5fadd8fe5cd627d76193b1d44d2193b724dd76e55d19c5ad07c8c11a16a5c0dc4bed53a6c0d588b6ee82db4be6cc2e3846094831a234cd17456128ced8c21d71a01243db80e0949dbb60bbb5a45fe12aac3638d13161d8e8ad9eb32c6788c265276059945891a640f4fee519aef3ddde394edc77a30e219cfc79cd3794eb562ba9d7ff7455199431fc84052cc54ae04cfb944518c1205070a792694cc7235cab8e0d913842241057c941d4821c528cd615f709462bf488a244ee5a73e601d79062ce810bf94fdbef89a3eba3d39bffbf8fdf66441855ede56f30402929baeda7842091dca128d8cda44630c597abf400ffbf7bf1b74bfbb9b7efcc7ea7ab401ad88253e9fff058430098f20030000');
INSERT INTO public.store_meta VALUES ('coordinates', 'EPSG:4490, longitude and latitude in degrees');
INSERT INTO public.store_meta VALUES ('times', 'UTC');
SELECT pg_catalog.setval('public.audit_number_seq', 13, false);
SELECT pg_catalog.setval('public.operation_number_seq', 5, false);
SELECT pg_catalog.setval('public.review_event_number_seq', 8, false);
SELECT pg_catalog.setval('public.scenario_number_seq', 3, false);
SELECT pg_catalog.setval('public.share_number_seq', 3, false);
SELECT pg_catalog.setval('public.snapshot_number_seq', 3, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (scenario, person);
ALTER TABLE ONLY public.operation_element
    ADD CONSTRAINT operation_element_pkey PRIMARY KEY (operation, "position");
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_id_key UNIQUE (id);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.review_event
    ADD CONSTRAINT review_event_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.save_key
    ADD CONSTRAINT save_key_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_id_key UNIQUE (id);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_id_key UNIQUE (id);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_key_key UNIQUE (key);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT snapshot_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT snapshot_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.store_meta
    ADD CONSTRAINT store_meta_pkey PRIMARY KEY (name);
CREATE INDEX ix_operation_element_shape ON public.operation_element USING gist (shape);
CREATE INDEX ix_operation_scenario ON public.operation USING btree (scenario);
CREATE INDEX ix_review_event_batch ON public.review_event USING btree (batch);
CREATE INDEX ix_share_digest ON public.share USING btree (digest);
CREATE INDEX ix_share_source ON public.share USING btree (source);
CREATE TRIGGER audit_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.planner_only_adds();
CREATE TRIGGER operation_element_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.operation_element FOR EACH STATEMENT EXECUTE FUNCTION public.planner_only_adds();
CREATE TRIGGER operation_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.operation FOR EACH STATEMENT EXECUTE FUNCTION public.planner_only_adds();
CREATE TRIGGER review_event_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.review_event FOR EACH STATEMENT EXECUTE FUNCTION public.planner_only_adds();
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_scenario_fkey FOREIGN KEY (scenario) REFERENCES public.scenario(id);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_after_fkey FOREIGN KEY (after) REFERENCES public.operation(id);
ALTER TABLE ONLY public.operation_element
    ADD CONSTRAINT operation_element_operation_fkey FOREIGN KEY (operation) REFERENCES public.operation(id);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_scenario_fkey FOREIGN KEY (scenario) REFERENCES public.scenario(id);
ALTER TABLE ONLY public.save_key
    ADD CONSTRAINT save_key_scenario_fkey FOREIGN KEY (scenario) REFERENCES public.scenario(id);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_parent_fkey FOREIGN KEY (parent) REFERENCES public.scenario(id);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_digest_fkey FOREIGN KEY (digest) REFERENCES public.snapshot(digest);
ALTER TABLE ONLY public.share
    ADD CONSTRAINT share_source_fkey FOREIGN KEY (source) REFERENCES public.snapshot(digest);
