from newsdedup.model.stream import Stream


def numbers(then):
    for n in range(4):
        yield then(n)


def test_it_gives_its_things_in_order_and_once():
    stream = Stream(numbers)
    assert list(stream) == [0, 1, 2, 3]
    assert list(stream) == []


def test_work_is_done_on_each_where_it_is_worked_out_and_then_nothing_is_left():
    stream = Stream(numbers)
    assert list(stream.then(str)) == ["0", "1", "2", "3"]
    assert list(stream) == []


def test_closing_ends_what_works_on_the_rest():
    ended = []

    def watched(then):
        try:
            yield from numbers(then)
        finally:
            ended.append(True)

    stream = Stream(watched)
    next(stream)
    stream.close()
    assert ended
    assert list(stream) == []
    Stream(watched).close()
