import { describe, expect, it } from 'vitest';
import { readProject } from '../../scripts/metadata/project.ts';
import { checkTextLengths, limitedTexts } from '../../scripts/metadata/rules/text-lengths.ts';

describe('texts of the metadata', () => {
  const project = readProject(['force-app', 'force-app-defaults']);

  it('are looked at', () => {
    expect(limitedTexts(project).length).toBeGreaterThan(300);
  });

  it('are no longer than an org takes', () => {
    expect(checkTextLengths(project)).toEqual([]);
  });
});
