/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "plan.h"

#include <string.h>

/* What teams call their lists. Words of one script are looked for as whole words, so that “abandoned” is not
 * “done”; scripts without spaces are looked for anywhere. */
typedef struct
{
  const char *kind;
  const char *const *words;
} KindWords;

static const char *const done_words[] = { "done", "complete", "completed", "closed", "finished", "shipped",
  "released", "published", "live", "deployed", "concluido", "concluida", "completado", "completada",
  "terminado", "terminada", "hecho", "finalizado", "feito", "pronto", "fertig", "erledigt", "abgeschlossen",
  "geschlossen", "veröffentlicht", "terminé", "terminée", "fini", "fait", "fatto", "finito", "klaar",
  "gereed", "färdig", "klar", "gotowe", "zrobione", "hotovo", "готово", "сделано", "завершено", "クローズ",
  "完了", "終了", "完成", "已完成", "완료", NULL };

static const char *const review_words[] = { "review", "reviewing", "approval", "approve", "feedback", "qa",
  "testing", "test", "verify", "verification", "prüfung", "prüfen", "freigabe", "abnahme", "korrektur",
  "revisión", "revision", "aprobación", "revisão", "aprovação", "relecture", "validation", "revisione",
  "проверка", "レビュー", "確認", "審核", "审核", "검토", NULL };

static const char *const active_words[] = { "doing", "progress", "active", "working", "wip", "development",
  "developing", "designing", "writing", "editing", "arbeit", "bearbeitung", "umsetzung", "desarrollo",
  "proceso", "curso", "progreso", "andamento", "desenvolvimento", "fazendo", "haciendo", "cours", "corso",
  "lavorazione", "bezig", "pågående", "trakcie", "работе", "作業中", "進行中", "対応中", "进行中", "진행",
  NULL };

static const char *const backlog_words[] = { "backlog", "ideas", "idea", "ideen", "someday", "icebox",
  "inbox", "wishlist", "ideias", "idées", "バックログ", "アイデア", NULL };

static const KindWords kinds_of_words[] = { { "done", done_words }, { "review", review_words },
  { "active", active_words }, { "backlog", backlog_words } };

static gboolean
is_spaceless (const char *word)
{
  GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (word));

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL;
}

static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  if (is_spaceless (word))
    return strstr (text, word) != NULL;
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    {
      gboolean starts = at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));

      if (starts && !g_unichar_isalnum (g_utf8_get_char (at + length)))
        return TRUE;
    }
  return FALSE;
}

const char *
baton_exchange_stage_kind (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = normal != NULL ? g_utf8_strdown (normal, MIN (strlen (normal), 400)) : NULL;

  if (folded == NULL || !g_utf8_validate (folded, -1, NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds_of_words); i++)
    {
      for (const char *const *word = kinds_of_words[i].words; *word != NULL; word++)
        {
          if (has_word (folded, *word))
            return kinds_of_words[i].kind;
        }
    }
  return NULL;
}

void
baton_exchange_stage_kinds (const char *const *names, guint n, const char **kinds)
{
  gboolean done = FALSE;

  for (guint i = 0; i < n; i++)
    {
      kinds[i] = baton_exchange_stage_kind (names[i]);
      done = done || g_strcmp0 (kinds[i], "done") == 0;
    }
  if (n > 0 && kinds[0] == NULL)
    kinds[0] = "backlog";
  if (n > 1 && kinds[n - 1] == NULL && !done)
    kinds[n - 1] = "done";
  for (guint i = 0; i < n; i++)
    {
      if (kinds[i] == NULL)
        kinds[i] = "queue";
    }
}
