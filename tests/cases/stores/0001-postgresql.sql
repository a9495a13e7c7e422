-- The same content as 0001-sqlite.sql, as the same tables would stand on a server.
CREATE TABLE review_event (
	number SERIAL NOT NULL,
	batch VARCHAR NOT NULL,
	parcel VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	"at" VARCHAR NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (number)
);
CREATE INDEX ix_review_event_batch ON review_event (batch);
INSERT INTO review_event VALUES (1, 'table2', 'B2-01', 'opinion', '张三', '2026-10-08T02:11:09+00:00', '{"layers": "l1", "parcel": "p1", "reason": "界址清楚", "rules": "r1", "verdict": "agree", "verdicts": "v1"}');
INSERT INTO review_event VALUES (2, 'table2', 'B2-01', 'comment', '{{7*7}}', '2026-10-08T02:12:00+00:00', '{"text": "<b>“看”</b> ''; DROP TABLE review_event; --\n第二行"}');
INSERT INTO review_event VALUES (3, 'table2', 'B2-02', 'override', '李四', '2026-10-09T01:00:00+00:00', '{"check": "farmland", "findings": "f", "original": "fail", "outcome": "pass", "reason": "已调出", "rule": "R1", "until": "2027-01-31"}');
INSERT INTO review_event VALUES (4, 'table2', 'B2-02', 'fact', '李四', '2026-10-09T01:00:00+00:00', '{"key": "far", "value": "1.2"}');
INSERT INTO review_event VALUES (5, 'rules', 'M0_DG18_FAR', 'limit', '王五', '2026-10-10T03:00:00+00:00', '{"day": "2026-10-10", "document": "宛政〔2026〕1号", "original": [2.0, 3.0], "reason": "市里文件", "value": [3.0, 4.5]}');
INSERT INTO review_event VALUES (6, 'table2', 'B2-01', 'withdrawal', '张三', '2026-10-11T03:00:00+00:00', '{"reason": "看错"}');
SELECT setval('review_event_number_seq', 6);
