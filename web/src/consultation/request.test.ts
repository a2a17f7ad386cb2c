import { expect, test } from 'vitest'
import { paragraphs, questions } from './request'

test('pasted text keeps its paragraphs', () => {
  expect(paragraphs('one\n\n two \r\nthree')).toEqual(['one', 'two', 'three'])
  expect(paragraphs('  ')).toEqual([])
})

test('each line of a purpose is a question, its own number is dropped', () => {
  expect(questions('1. 是否手术？\n2、何时？')).toEqual(['是否手术？', '何时？'])
})

test('numbers in one line separate questions too', () => {
  expect(questions('1. 是否手术？ 2. 何时？')).toEqual(['是否手术？', '何时？'])
})

test('a purpose without numbers is one question, and a number inside it separates nothing', () => {
  expect(questions('EF 35% 是否安装 ICD？')).toEqual(['EF 35% 是否安装 ICD？'])
  expect(questions('体温 38.5 度的原因')).toEqual(['体温 38.5 度的原因'])
})
