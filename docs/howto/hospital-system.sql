-- The six views that telemed reads from a hospital system's database (see hospital-system.md).
-- They run as they stand on PostgreSQL and are empty: put your tables in place of "WHERE 1 = 0".
-- Every column must be there; where you have nothing for one, leave NULL. Names of views may differ (医院系统, 映射).
-- Oracle: add FROM dual. SQL Server: CREATE OR ALTER VIEW, datetime2 for timestamp, nvarchar for varchar.
-- Times without an offset are read by the hospital's clock. Texts must arrive as UTF-8 or be converted by the driver.

CREATE OR REPLACE VIEW telemed_patient AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,   -- what a doctor types: the admission or outpatient number
  CAST(NULL AS varchar(20))   AS number_kind,      -- admission (NULL), outpatient or mrn; also 住院, 门诊, 病案
  CAST(NULL AS varchar(64))   AS name,
  CAST(NULL AS varchar(200))  AS pinyin,           -- family name first; NULL: the usual reading
  CAST(NULL AS varchar(10))   AS sex,              -- GB/T 2261.1 (1, 2, 0, 9), or 男, 女, male, female
  CAST(NULL AS varchar(20))   AS birth_date,       -- 1960-01-02 or 19600102; a date will do
  CAST(NULL AS varchar(64))   AS phone
WHERE 1 = 0;

-- One row for each stay; the one without discharged_at is where the patient is now.
CREATE OR REPLACE VIEW telemed_admission AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,
  CAST(NULL AS varchar(64))   AS admission_number,
  CAST(NULL AS varchar(60))   AS department,
  CAST(NULL AS varchar(60))   AS ward,
  CAST(NULL AS varchar(30))   AS bed,
  CAST(NULL AS varchar(64))   AS bed_doctor,
  CAST(NULL AS varchar(64))   AS bed_doctor_phone,
  CAST(NULL AS varchar(10))   AS critical,         -- 病危: 1 or 0
  CAST(NULL AS timestamp)     AS admitted_at,
  CAST(NULL AS timestamp)     AS discharged_at,
  CAST(NULL AS timestamp)     AS noted_at,         -- when the texts below were written
  CAST(NULL AS varchar(200))  AS diagnosis,
  CAST(NULL AS varchar(8000)) AS history,          -- 现病史
  CAST(NULL AS varchar(8000)) AS past_history,     -- 既往史
  CAST(NULL AS varchar(8000)) AS examination,      -- 体格检查
  CAST(NULL AS varchar(8000)) AS treatment         -- 目前治疗
WHERE 1 = 0;

-- One row for each allergy; one row with status none (无) for a patient who was asked and has none.
CREATE OR REPLACE VIEW telemed_allergy AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,
  CAST(NULL AS varchar(20))   AS status,           -- known (有, NULL), none (无), not_asked (未询问)
  CAST(NULL AS varchar(200))  AS substance,
  CAST(NULL AS varchar(200))  AS reaction
WHERE 1 = 0;

CREATE OR REPLACE VIEW telemed_vitals AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,
  CAST(NULL AS varchar(200))  AS code,             -- temperature, heart_rate, pulse, respiration, blood_pressure …
  CAST(NULL AS varchar(200))  AS name,             -- 体温, 心率 …
  CAST(NULL AS varchar(200))  AS value,            -- 38.2, 128/76
  CAST(NULL AS varchar(200))  AS unit,
  CAST(NULL AS timestamp)     AS measured_at
WHERE 1 = 0;

CREATE OR REPLACE VIEW telemed_tests AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,
  CAST(NULL AS varchar(200))  AS code,             -- the laboratory's
  CAST(NULL AS varchar(200))  AS name,
  CAST(NULL AS varchar(200))  AS value,            -- NULL: no result yet; the row is left out
  CAST(NULL AS varchar(200))  AS unit,
  CAST(NULL AS varchar(200))  AS ref_low,
  CAST(NULL AS varchar(200))  AS ref_high,
  CAST(NULL AS varchar(20))   AS flag,             -- high, low, critical, H, L, ↑, ↓, 危急; NULL: by the bounds
  CAST(NULL AS timestamp)     AS reported_at
WHERE 1 = 0;

CREATE OR REPLACE VIEW telemed_orders AS SELECT
  CAST(NULL AS varchar(64))   AS patient_number,
  CAST(NULL AS varchar(20))   AS kind,             -- medicine (药品) or anything else
  CAST(NULL AS timestamp)     AS started_at,
  CAST(NULL AS timestamp)     AS ended_at,         -- NULL: in force
  CAST(NULL AS varchar(8000)) AS order_text        -- 阿司匹林肠溶片 100 mg 口服 每日一次
WHERE 1 = 0;
