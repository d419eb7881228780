module.exports = { title: 'The sea' };
